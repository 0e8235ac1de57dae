/** One of the two questions: where to, how fast, with which resources; the rest is changed where questions are asked. */
import { useQuery } from "@urql/preact";
import { MOST_HOURS_PER_WEEK, type Question } from "../question/question";
import { LadderDocument } from "../question/question.generated";
import { addressOf } from "../question/use-question";
import { Field } from "../ui/field";
import styles from "./side.module.css";

export type SideName = "A" | "B";

interface SideProps {
  name: SideName;
  question: Question;
  /** What is different about it. */
  says: string[];
  onChange: (change: Partial<Question>) => void;
}

export function Side({ name, question, says, onChange }: SideProps) {
  const [{ data }] = useQuery({ query: LadderDocument });
  const type = (hours: number) => {
    if (hours > 0 && hours <= MOST_HOURS_PER_WEEK) onChange({ hoursPerWeek: hours });
  };
  return (
    <fieldset class={styles["side"]} data-side={name}>
      <legend>
        <span class={styles["letter"]}>{name}</span>
        <span class="hidden-text"> of the two roadmaps</span>
      </legend>
      <Field label="Go to">
        {(tied) => (
          <select {...tied} value={question.to ?? ""} onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}>
            {(question.goals.length > 0 || question.to === undefined) && <option value="">My own goals alone</option>}
            {data?.roles.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class={styles["pair"]}>
        <Field label="Hours a week">
          {(tied) => <input {...tied} type="number" min="0.5" max={MOST_HOURS_PER_WEEK} step="0.5" value={question.hoursPerWeek} onInput={(event) => type(event.currentTarget.valueAsNumber)} />}
        </Field>
        <label class={styles["check"]}>
          <input type="checkbox" checked={question.freeOnly} onChange={(event) => onChange({ freeOnly: event.currentTarget.checked })} />
          Free resources only
        </label>
      </div>
      {says.length > 0 && (
        <p class={styles["says"]}>
          <span class="soft">Different here:</span> {says.join(" · ")}
        </p>
      )}
      <p>
        <a href={addressOf(question)}>Open and change the whole question</a>
      </p>
    </fieldset>
  );
}
