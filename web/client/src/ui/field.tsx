/** A label, its control, a hint, and what is wrong with what was entered: tied together for those who hear the page. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import styles from "./field.module.css";

interface Tied {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** What is wrong, and what to do. */
  error?: string | undefined;
  children: (tied: Tied) => ComponentChildren;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={styles["field"]}>
      <label for={id}>{label}</label>
      {children({ id, ...(describedBy && { "aria-describedby": describedBy }), ...(error && { "aria-invalid": true }) })}
      {hint && (
        <p id={`${id}-hint`} class={styles["hint"]}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class={styles["error"]}>
          {error}
        </p>
      )}
    </div>
  );
}
