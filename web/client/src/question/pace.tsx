/** How much time there is, from when and until when, and when there is none. */
import { useState } from "preact/hooks";
import { Plus, X } from "lucide";
import { showDays } from "../format/format";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { MOST_HOURS_PER_WEEK, type Days, type Question } from "./question";
import styles from "./parts.module.css";

interface PaceProps {
  question: Question;
  onChange: (change: Partial<Question>, how?: "chosen" | "typed") => void;
}

/** What the slider reaches; more can be typed. */
const USUAL_MOST = 40;

export function Pace({ question, onChange }: PaceProps) {
  const { hoursPerWeek, startOn, finishBy } = question;
  const isBackwards = startOn !== undefined && finishBy !== undefined && finishBy < startOn;
  const [isBeyond, setBeyond] = useState(false);
  const type = (hours: number) => {
    const isPermitted = hours > 0 && hours <= MOST_HOURS_PER_WEEK;
    setBeyond(!isPermitted && !Number.isNaN(hours));
    if (isPermitted) onChange({ hoursPerWeek: hours }, "typed");
  };
  return (
    <div class={styles["part"]}>
      <Field label="Hours a week" error={isBeyond ? `More than 0, and ${MOST_HOURS_PER_WEEK} at most.` : undefined}>
        {(tied) => (
          <div class={styles["hours"]}>
            <input
              type="range"
              min="1"
              max={USUAL_MOST}
              value={Math.min(hoursPerWeek, USUAL_MOST)}
              aria-label="Hours a week, by sliding"
              onInput={(event) => type(event.currentTarget.valueAsNumber)}
            />
            <input {...tied} type="number" min="0.5" max={MOST_HOURS_PER_WEEK} step="0.5" value={hoursPerWeek} onInput={(event) => type(event.currentTarget.valueAsNumber)} />
          </div>
        )}
      </Field>
      <div class={styles["pair"]}>
        <Field label="Start on">
          {(tied) => <input {...tied} type="date" value={startOn ?? ""} onChange={(event) => onChange({ startOn: event.currentTarget.value || undefined })} />}
        </Field>
        <Field label="Be there by" error={isBackwards ? "This is before the start." : undefined}>
          {(tied) => <input {...tied} type="date" value={finishBy ?? ""} min={startOn} onChange={(event) => onChange({ finishBy: event.currentTarget.value || undefined })} />}
        </Field>
      </div>
      <Pauses pauses={question.pauses} onChange={(pauses) => onChange({ pauses })} />
    </div>
  );
}

function Pauses({ pauses, onChange }: { pauses: Days[]; onChange: (pauses: Days[]) => void }) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const isWhole = from !== "" && to !== "" && from <= to;
  const add = () => {
    if (!isWhole) return;
    onChange([...pauses, { from, to }].toSorted((one, other) => one.from.localeCompare(other.from)));
    setFrom("");
    setTo("");
  };
  return (
    <details open={pauses.length > 0}>
      <summary>Pauses, such as holidays</summary>
      <div class={styles["part"]}>
        {pauses.length > 0 && (
          <ul role="list" class={styles["chips"]}>
            {pauses.map((pause) => (
              <li key={`${pause.from}${pause.to}`}>
                {showDays(pause.from, pause.to)}
                <Button look="quiet" small aria-label={`Remove the pause ${showDays(pause.from, pause.to)}`} onClick={() => onChange(pauses.filter((other) => other !== pause))}>
                  <Icon of={X} size="1em" />
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div class={styles["pair"]}>
          <Field label="First day off">{(tied) => <input {...tied} type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />}</Field>
          <Field label="Last day off" error={from && to && from > to ? "This is before the first." : undefined}>
            {(tied) => <input {...tied} type="date" value={to} min={from} onInput={(event) => setTo(event.currentTarget.value)} />}
          </Field>
        </div>
        <div>
          <Button small onClick={add} disabled={!isWhole}>
            <Icon of={Plus} size="1em" /> Add the pause
          </Button>
        </div>
      </div>
    </details>
  );
}
