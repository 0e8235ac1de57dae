/** What planning anew has changed, and why. */
import { showDay, showHours, showStep } from "../format/format";
import type { ChangesFragment } from "./manage.generated";
import styles from "./follow.module.css";

const BECAUSE_ADDED = {
  FORGOTTEN: "you do not know it any more",
  WISHED: "you wish for it",
  CHOSEN: "another alternative brings it",
  REQUIRED: "the target or the catalogue asks for it",
} as const;

const BECAUSE_GONE = {
  HELD: "you know it",
  AVOIDED: "you leave it out",
  RETIRED: "the catalogue does not have it any more",
  NOT_NEEDED: "nothing needs it any more",
} as const;

type Named = ChangesFragment["added"][number] | ChangesFragment["gone"][number] | ChangesFragment["moved"][number];

const nameOf = ({ step, topic, level }: Named) => showStep(step?.topic.title ?? topic, level);

export const isNothing = ({ summary }: ChangesFragment) => summary.length === 0;

export function Changes({ changes }: { changes: ChangesFragment }) {
  const { added, gone, moved, dates, hoursBefore, hoursNow, summary } = changes;
  if (isNothing(changes)) return <p>Nothing is different: the plan is as it was.</p>;
  return (
    <div class={styles["changes"]}>
      <p>
        <strong>{showHours(hoursNow)}</strong> are left to learn; it was {showHours(hoursBefore)}.
      </p>
      <List title="New" items={added.map((step) => `${nameOf(step)}: ${BECAUSE_ADDED[step.because]}`)} />
      <List title="Not needed any more" items={gone.map((step) => `${nameOf(step)}: ${BECAUSE_GONE[step.because]}`)} />
      <List title="Another day" items={dates.map(({ role, isEnd, before, now }) => `${isEnd ? "The end" : (role?.title ?? "Your goals")}: ${dayOf(before)} → ${dayOf(now)}`)} />
      <List title="Another place" items={moved.map((step) => `${nameOf(step)}: from place ${step.fromPosition} to ${step.toPosition}`)} />
      <details class={styles["fold"]}>
        <summary>In sentences</summary>
        <ul>
          {summary.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

const dayOf = (day: string | null) => (day === null ? "not at all" : showDay(day));

function List({ title, items }: { title: string; items: string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
