/** What is folded away, and made only when it is opened for the first time. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface FoldProps {
  summary: ComponentChildren;
  class?: string | undefined;
  children: ComponentChildren;
}

export function Fold({ summary, class: look, children }: FoldProps) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details
      class={look}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary>{summary}</summary>
      {wasOpened && children}
    </details>
  );
}
