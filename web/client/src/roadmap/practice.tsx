/** What a step asks one to do, beside reading: its task, and an exercise to do it with. */
import { showTime } from "../format/format";
import { TERMS } from "../format/terms";
import { Term } from "../ui/term";
import type { StepDetailFragment } from "./details.generated";
import { Teaching } from "./teaching";
import styles from "./practice.module.css";

/** How the hours of the step divide: the two parts are all of them. */
export function Division({ details: { studyHours, practiceHours } }: { details: StepDetailFragment }) {
  return (
    <span class={styles["division"]}>
      {studyHours > 0 && (
        <>
          {showTime(studyHours)} of <Term meaning={TERMS.study}>study</Term>
        </>
      )}
      {studyHours > 0 && practiceHours > 0 && ", "}
      {practiceHours > 0 && (
        <>
          {showTime(practiceHours)} of <Term meaning={TERMS.practice}>practice</Term>
        </>
      )}
    </span>
  );
}

export function Practice({ details }: { details: StepDetailFragment }) {
  const { practiceHours, practice } = details;
  if (practiceHours === 0 && practice.task === null && !practice.resource) return null;
  return (
    <section class={styles["practice"]}>
      <h3>Practise{practiceHours > 0 && <span class="soft">, {showTime(practiceHours)}</span>}</h3>
      <p class={practice.task === null ? "soft" : styles["task"]}>{practice.task ?? "No task is written for it. Try what the step is for, on work of your own, until you can do it."}</p>
      {practice.resource && <Teaching teaches={practice.resource} />}
    </section>
  );
}
