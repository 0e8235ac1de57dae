/** The fields above a list: what is looked for, and choices that narrow it down. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Field } from "../ui/field";
import { useSettled } from "../ui/use-settled";
import styles from "./filters.module.css";

const PAUSE = 150;

export function Filters({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <search class={styles["filters"]} aria-label={label}>
      {children}
    </search>
  );
}

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  /** What the address says. */
  value: string;
  onSearch: (text: string) => void;
}

/** Asks as one types, when the typing pauses; and shows what the address says where that changes by going back. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const settled = useSettled(text, PAUSE);
  const said = useRef(value);
  useEffect(() => {
    if (settled === said.current || settled !== text) return;
    said.current = settled;
    onSearch(settled);
  }, [settled]);
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    setText(value);
  }, [value]);
  return (
    <div class={styles["search"]}>
      <Field label={label}>
        {(tied) => <input {...tied} type="search" value={text} placeholder={placeholder} onInput={(event) => setText(event.currentTarget.value)} />}
      </Field>
    </div>
  );
}

interface SelectFieldProps {
  label: string;
  value: string;
  /** What stands for no choice. */
  any?: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

export function SelectField({ label, value, any, options, onChange }: SelectFieldProps) {
  return (
    <Field label={label}>
      {(tied) => (
        <select {...tied} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {any !== undefined && <option value="">{any}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
