/** What becomes of a roadmap that does not fit by the learner's last day: what is kept, what is left for later, how sure that is, and what would help. */
import { BadgeCheck } from "lucide";
import { showCount, showDay, showHours, showHoursInFull, showNumber, showPercent, showStep } from "../format/format";
import { TERMS } from "../format/terms";
import { MOST_HOURS_PER_WEEK, type Question } from "../question/question";
import { Button } from "../ui/button";
import { Fold } from "../ui/fold";
import { Icon } from "../ui/icon";
import { Term } from "../ui/term";
import { divided, type Part } from "./deadline/parts";
import type { Kept, Plan, PlanStep } from "./model";
import styles from "./deadline.module.css";

interface DeadlineProps {
  plan: Plan;
  finishBy: string;
  onChange?: ((change: Pick<Partial<Question>, "hoursPerWeek" | "finishBy">) => void) | undefined;
}

/** Of a number of hours a week that just suffices: rounded up, since less would not do. */
export const hoursEnough = (hours: number) => Math.min(MOST_HOURS_PER_WEEK, Math.ceil(hours * 10) / 10);

export function Deadline({ plan, finishBy, onChange }: DeadlineProps) {
  const { kept, later, value } = divided(plan.steps);
  return (
    <section class={styles["deadline"]} aria-labelledby="deadline">
      <h2 id="deadline">Not everything fits by {showDay(finishBy)}</h2>
      <div class={styles["parts"]}>
        <PartOf title="Kept" part={kept} value={value}>
          {kept.lastDay === undefined ? "No step can be finished by then." : `All of it is done by ${showDay(kept.lastDay)}.`}
        </PartOf>
        <PartOf title="Left for later" part={later} value={value}>
          {later.lastDay !== undefined && `It follows until ${showDay(later.lastDay)}, if you go on.`}
        </PartOf>
      </div>
      {plan.kept && kept.steps.length > 0 && <Proof kept={plan.kept} />}
      <WhatHelps plan={plan} onChange={onChange} />
    </section>
  );
}

interface PartOfProps {
  title: string;
  part: Part;
  /** Of all steps. */
  value: number;
  children: preact.ComponentChildren;
}

function PartOf({ title, part, value, children }: PartOfProps) {
  return (
    <section class={styles["part"]} aria-label={title}>
      <h3>{title}</h3>
      <p class={styles["sum"]}>
        <strong>{showHoursInFull(part.hours)}</strong> in {showCount(part.steps.length, "step")}
      </p>
      {value > 0 && (
        <p>
          {showPercent(part.value / value)} of the <Term meaning={TERMS.value}>value</Term>: {showNumber(part.value)} of {showNumber(value)}
        </p>
      )}
      <p class="soft">{children}</p>
      {part.steps.length > 0 && (
        <Fold summary="Which steps">
          <ol role="list" class={styles["steps"]}>
            {part.steps.map((step) => (
              <Line key={step.key} step={step} />
            ))}
          </ol>
        </Fold>
      )}
    </section>
  );
}

function Line({ step }: { step: PlanStep }) {
  return (
    <li>
      <span>{showStep(step.title, step.level)}</span>{" "}
      <span class="soft figures">
        {showHours(step.hours)}
        {step.value > 0 && `, value ${showNumber(step.value)}`}
      </span>
    </li>
  );
}

function Proof({ kept }: { kept: Kept }) {
  if (kept.isProven) {
    return (
      <p class={styles["proof"]}>
        <Icon of={BadgeCheck} size="1em" />{" "}
        <span>
          No other steps that fit by then are worth more, <Term meaning={TERMS.proven}>proven</Term>
        </span>
      </p>
    );
  }
  return (
    <p class="soft">
      No steps that fit by then are worth more than {showNumber(kept.upperBound)}: what is kept has at least {showPercent(kept.value / kept.upperBound)} of that. Whether a little more is possible is not proven.
    </p>
  );
}

function WhatHelps({ plan, onChange }: Pick<DeadlineProps, "plan" | "onChange">) {
  const needed = plan.neededHoursPerWeek === null ? undefined : hoursEnough(plan.neededHoursPerWeek);
  // A kept roadmap does not record whether more hours would do.
  if (plan.kept === undefined) return null;
  return (
    <>
      <p>
        {needed === undefined
          ? `No number of hours a week that can be planned with, ${showNumber(MOST_HOURS_PER_WEEK)} at most, makes all of it fit. A later day does, or a nearer goal.`
          : `With ${showNumber(needed)} hours a week all of it fits.`}
      </p>
      {onChange && (
        <p class={styles["actions"]}>
          {needed !== undefined && (
            <Button small onClick={() => onChange({ hoursPerWeek: needed })}>
              Plan with {showNumber(needed)} hours a week
            </Button>
          )}
          <Button small onClick={() => onChange({ finishBy: plan.finishesOn })}>
            Be there by {showDay(plan.finishesOn)} instead
          </Button>
        </p>
      )}
    </>
  );
}
