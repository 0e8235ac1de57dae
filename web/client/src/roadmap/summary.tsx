/** What a roadmap comes to: how long, how sure, until when; and what does not fit. */
import type { ComponentChildren } from "preact";
import { BadgeCheck } from "lucide";
import { showCount, showDay, showHoursInFull, showNumber, showSpan } from "../format/format";
import { Icon } from "../ui/icon";
import { Note } from "../ui/note";
import type { Plan } from "./model";
import styles from "./summary.module.css";

interface SummaryProps {
  plan: Plan;
  /** Beside the heading. */
  actions?: ComponentChildren;
  /** What to do where not everything fits. */
  onMoreHours?: (hoursPerWeek: number) => void;
}

export function Summary({ plan, actions, onMoreHours }: SummaryProps) {
  return (
    <header class={styles["summary"]}>
      <div class={styles["head"]}>
        <h1>{titleOf(plan)}</h1>
        {actions && <div class={styles["actions"]}>{actions}</div>}
      </div>
      <dl class={styles["facts"]}>
        <div>
          <dt>To learn</dt>
          <dd>
            <strong>{showHoursInFull(plan.hours)}</strong>
            <Proof plan={plan} />
          </dd>
        </div>
        <div>
          <dt>You arrive</dt>
          <dd>
            <strong>{plan.steps.length === 0 ? "now" : showDay(plan.finishesOn)}</strong>
            <span>
              {plan.steps.length > 0 && `in ${showSpan(plan.startsOn, plan.finishesOn)}, at `}
              {showNumber(plan.hoursPerWeek)} hours a week
            </span>
          </dd>
        </div>
        {plan.finishBy && <LastDay plan={plan} finishBy={plan.finishBy} />}
        <div>
          <dt>Steps</dt>
          <dd>
            <strong>{showNumber(plan.steps.length)}</strong>
            <span>{showCount(plan.milestones.length, "milestone")}</span>
          </dd>
        </div>
      </dl>
      {!plan.fits && plan.finishBy && <DoesNotFit plan={plan} finishBy={plan.finishBy} onMoreHours={onMoreHours} />}
    </header>
  );
}

function LastDay({ plan, finishBy }: { plan: Plan; finishBy: string }) {
  return (
    <div>
      <dt>Your last day</dt>
      <dd>
        <strong>{showDay(finishBy)}</strong>
        {plan.fits ? <span class={styles["proof"]}>all of it fits</span> : <span class={styles["misses"]}>not all of it fits</span>}
        {plan.fits && plan.neededHoursPerWeek !== null && <span class="soft">{showNumber(Math.ceil(plan.neededHoursPerWeek * 10) / 10)} hours a week are enough</span>}
      </dd>
    </div>
  );
}

function Proof({ plan }: { plan: Plan }) {
  if (plan.provenMinimal) {
    return (
      <span class={styles["proof"]} title="No other set of steps that gets there takes fewer hours">
        <Icon of={BadgeCheck} size="1em" /> the fewest, proven
      </span>
    );
  }
  return <span>no way takes less than {showHoursInFull(plan.lowerBoundHours)}</span>;
}

function DoesNotFit({ plan, finishBy, onMoreHours }: { plan: Plan; finishBy: string; onMoreHours: SummaryProps["onMoreHours"] }) {
  const later = plan.steps.filter(({ deferred }) => deferred).length;
  const needed = plan.neededHoursPerWeek === null ? undefined : Math.ceil(plan.neededHoursPerWeek * 10) / 10;
  return (
    <Note tone="warn" title={`Not everything fits by ${showDay(finishBy)}`}>
      <p>
        What matters most is kept; {showCount(later, "step is", "steps are")} left for later.{" "}
        {needed === undefined ? "No number of hours a week makes it fit." : `With ${showNumber(needed)} hours a week all of it fits.`}
      </p>
      {needed !== undefined && onMoreHours && (
        <p>
          <button type="button" class={styles["link"]} onClick={() => onMoreHours(needed)}>
            Plan with {showNumber(needed)} hours a week
          </button>
        </p>
      )}
    </Note>
  );
}

/** What a roadmap is called. */
export const titleOf = ({ from, to }: Plan) => {
  if (!to) return "To your goals";
  return from ? `From ${from.title} to ${to.title}` : `To ${to.title}`;
};
