/**
 * A word with its meaning at a click, a tap or Enter: the browser's own popover, which Escape and a click elsewhere close. Those who hear the page are
 * told the meaning with the word.
 */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import styles from "./term.module.css";

interface TermProps {
  meaning: string;
  children: ComponentChildren;
  class?: string | undefined;
}

export function Term({ meaning, children, class: look }: TermProps) {
  const id = useId();
  return (
    <>
      <button type="button" class={`${styles["term"]} ${look ?? ""}`} popovertarget={id} aria-describedby={id}>
        {children}
      </button>
      <span id={id} popover="auto" class={styles["meaning"]}>
        {meaning}
      </span>
    </>
  );
}
