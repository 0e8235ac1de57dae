/** A password, which can be looked at while it is typed. */
import { useState } from "preact/hooks";
import { Eye, EyeOff } from "lucide";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import styles from "./account.module.css";

interface PasswordProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  /** Whether it is being chosen now, for programs that keep passwords. */
  isNew?: boolean;
}

export function Password({ label, hint, error, value, onChange, isNew }: PasswordProps) {
  const [isShown, setShown] = useState(false);
  const given = {
    required: true,
    autocomplete: isNew ? "new-password" : "current-password",
    value,
    onInput: (event: { currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => (
        <div class={styles["password"]}>
          {isShown ? <input {...tied} {...given} type="text" /> : <input {...tied} {...given} type="password" />}
          <Button look="quiet" small aria-pressed={isShown} aria-label="Show the password" onClick={() => setShown(!isShown)}>
            <Icon of={isShown ? EyeOff : Eye} />
          </Button>
        </div>
      )}
    </Field>
  );
}
