/** An icon of Lucide's, as wide as a letter. It says nothing by itself: what it stands for is in the text beside it. */
import { createElement } from "preact";
import type { IconNode } from "lucide";

export function Icon({ of, size = "1.15em" }: { of: IconNode; size?: string }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => createElement(tag, attributes as Record<string, string>))}
    </svg>
  );
}
