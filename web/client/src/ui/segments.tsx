/** One of a few, side by side: radio buttons, so the arrow keys go through them. */
import { useId } from "preact/hooks";
import styles from "./segments.module.css";

interface SegmentsProps<T extends string> {
  /** What is chosen, for those who hear the page. */
  label: string;
  options: readonly { value: T; label: string; title?: string }[];
  value: T;
  onChange: (value: T) => void;
}

export function Segments<T extends string>({ label, options, value, onChange }: SegmentsProps<T>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} class={styles["segments"]}>
      {options.map((option) => (
        <label key={option.value} title={option.title}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
