/** What a roadmap comes to: how long, how sure, until when; and what does not fit. */
import type { ComponentChildren } from "preact";
import { BadgeCheck } from "lucide";
import { showCount, showDay, showHoursInFull, showNumber, showSpan } from "../format/format";
import { TERMS } from "../format/terms";
import type { Question } from "../question/question";
import { Icon } from "../ui/icon";
import { Term } from "../ui/term";
import { Deadline, hoursEnough } from "./deadline";
import type { Plan } from "./model";
import styles from "./summary.module.css";

interface SummaryProps {
  plan: Plan;
  /** Beside the heading. */
  actions?: ComponentChildren;
  /** Asks otherwise, so that everything fits. */
  onChange?: (change: Pick<Partial<Question>, "hoursPerWeek" | "finishBy">) => void;
}

export function Summary({ plan, actions, onChange }: SummaryProps) {
  return (
    <header class={styles["summary"]}>
      <div class={styles["head"]}>
        <h1 tabIndex={-1}>{titleOf(plan)}</h1>
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
      {!plan.fits && plan.finishBy && <Deadline plan={plan} finishBy={plan.finishBy} onChange={onChange} />}
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
        {plan.fits && plan.neededHoursPerWeek !== null && <span class="soft">{showNumber(hoursEnough(plan.neededHoursPerWeek))} hours a week are enough</span>}
      </dd>
    </div>
  );
}

function Proof({ plan }: { plan: Plan }) {
  if (plan.provenMinimal) {
    return (
      <span class={styles["proof"]}>
        <Icon of={BadgeCheck} size="1em" />{" "}
        <span>
          the fewest, <Term meaning={TERMS.proven}>proven</Term>
        </span>
      </span>
    );
  }
  return <span>no way takes less than {showHoursInFull(plan.lowerBoundHours)}</span>;
}

/** What a roadmap is called. */
export const titleOf = ({ from, to }: Plan) => {
  if (!to) return "To your goals";
  return from ? `From ${from.title} to ${to.title}` : `To ${to.title}`;
};
