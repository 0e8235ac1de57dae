/** The fields of the editors: each knows its place in the form, by which errors find it. */
import type { ComponentChildren } from "preact";
import { X } from "lucide";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import type { FieldErrors } from "./place-errors";
import styles from "./editor.module.css";

interface PlaceProps {
  path: string[];
  children: ComponentChildren;
}

/** Where in the form something is. */
export function Place({ path, children }: PlaceProps) {
  return (
    <div class={styles["place"]} data-field={path.join(".")}>
      {children}
    </div>
  );
}

interface TextFieldProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  path: string[];
  errors: FieldErrors;
  value: string;
  onInput: (value: string) => void;
  /** Of how many lines, where it is more than one. */
  rows?: number;
  kind?: keyof typeof INPUTS;
}

/** Numbers are texts, so that what is no number is not lost, and can be told. */
const INPUTS = { text: { type: "text" }, number: { type: "text", inputMode: "decimal" }, url: { type: "url" }, date: { type: "date" } } as const;

export function TextField({ label, hint, path, errors, value, onInput, rows, kind = "text" }: TextFieldProps) {
  return (
    <Place path={path}>
      <Field label={label} hint={hint} error={errors.under(...path)}>
        {(tied) =>
          rows === undefined ? (
            <input {...tied} {...INPUTS[kind]} value={value} onInput={(event) => onInput(event.currentTarget.value)} />
          ) : (
            <textarea {...tied} rows={rows} value={value} onInput={(event) => onInput(event.currentTarget.value)} />
          )
        }
      </Field>
    </Place>
  );
}

interface ChoiceFieldProps extends Omit<TextFieldProps, "rows" | "kind" | "onInput"> {
  options: readonly { value: string; label: string }[];
  /** What stands for no choice. */
  none?: string;
  onChange: (value: string) => void;
}

export function ChoiceField({ label, hint, path, errors, value, options, none, onChange }: ChoiceFieldProps) {
  return (
    <Place path={path}>
      <Field label={label} hint={hint} error={errors.under(...path)}>
        {(tied) => (
          <select {...tied} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
            {none !== undefined && <option value="">{none}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Place>
  );
}

/** Former slugs: none can be added but by renaming, and each can be taken away. */
export function AliasesField({ aliases, errors, onChange }: { aliases: string[]; errors: FieldErrors; onChange: (aliases: string[]) => void }) {
  if (aliases.length === 0 && !errors.under("aliases")) return null;
  return (
    <Place path={["aliases"]}>
      <fieldset class={styles["chips"]}>
        <legend>Also found as</legend>
        {aliases.map((alias) => (
          <span key={alias} class={styles["chip"]}>
            <code>{alias}</code>
            <Button look="quiet" small aria-label={`Take away ${alias}`} onClick={() => onChange(aliases.filter((other) => other !== alias))}>
              <Icon of={X} size="1em" />
            </Button>
          </span>
        ))}
        <FieldError error={errors.under("aliases")} />
      </fieldset>
    </Place>
  );
}

/** What is wrong with something that is no single control. */
export function FieldError({ error }: { error: string | undefined }) {
  return error ? <p class={styles["error"]}>{error}</p> : null;
}
