/** Hours that were spent. */
import { useState } from "preact/hooks";
import { doLater } from "../api/outbox";
import { showHours } from "../format/format";
import type { PlanStep } from "../roadmap/model";
import { nameOfStep } from "../roadmap/marks";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import type { ActedOn } from "./step-actions";
import { today } from "./today";
import styles from "./follow.module.css";

interface LogFormProps {
  roadmap: string;
  /** On what; to be chosen of `steps` where it is not given. */
  step?: ActedOn;
  steps?: readonly PlanStep[];
  onDone?: () => void;
}

const MOST_HOURS = 24;

export function LogForm({ roadmap, step, steps, onDone }: LogFormProps) {
  const [hours, setHours] = useState("1");
  const [day, setDay] = useState(today());
  const [note, setNote] = useState("");
  const [key, setKey] = useState("");
  const amount = Number(hours);
  const isRight = amount > 0 && amount <= MOST_HOURS && day !== "";
  const submit = async () => {
    const on = step ?? steps?.find((one) => one.key === key);
    await doLater("logStudy", { roadmap, step: on ? { topic: on.topic, level: on.level } : null, hours: amount, day, note: note.trim() || null }, on ? `${showHours(amount)} on ${nameOfStep(on)}` : showHours(amount));
    say(`${showHours(amount)} logged.`);
    setNote("");
    setHours("1");
    onDone?.();
  };
  return (
    <form
      class={styles["log"]}
      aria-label="Log hours"
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight) void submit();
      }}
    >
      <Field label="Hours" error={hours !== "" && !(amount > 0 && amount <= MOST_HOURS) ? `More than 0, and at most ${MOST_HOURS} a day.` : undefined}>
        {(tied) => <input {...tied} type="number" min="0.1" max={MOST_HOURS} step="any" required value={hours} onInput={(event) => setHours(event.currentTarget.value)} />}
      </Field>
      <Field label="Day">{(tied) => <input {...tied} type="date" required max={today()} value={day} onInput={(event) => setDay(event.currentTarget.value)} />}</Field>
      {!step && (
        <Field label="On which step">
          {(tied) => (
            <select {...tied} value={key} onChange={(event) => setKey(event.currentTarget.value)}>
              <option value="">none in particular</option>
              {steps?.map((one) => (
                <option key={one.key} value={one.key}>
                  {nameOfStep(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label="Note">{(tied) => <input {...tied} type="text" maxLength={2000} value={note} onInput={(event) => setNote(event.currentTarget.value)} />}</Field>
      <Button type="submit" look="main" disabled={!isRight}>
        Log
      </Button>
    </form>
  );
}
