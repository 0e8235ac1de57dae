/** A window in front of the page: the browser's own `<dialog>`, which keeps the focus in it and gives it back. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { X } from "lucide";
import { Button } from "./button";
import { Icon } from "./icon";
import styles from "./dialog.module.css";

interface DialogProps {
  title: ComponentChildren;
  onClose: () => void;
  children: ComponentChildren;
  /** At the side of the page, as tall as it, rather than in its middle. */
  side?: boolean;
}

export function Dialog({ title, onClose, children, side }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    // Escape does the same by the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      aria-labelledby={id}
      class={side ? styles["side"] : styles["middle"]}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // The backdrop is the dialog itself; what is in it is not.
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class={styles["inside"]}>
        <header class={styles["head"]}>
          <h2 id={id}>{title}</h2>
          <Button look="quiet" small onClick={onClose} aria-label="Close">
            <Icon of={X} />
          </Button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
