/** A roadmap on paper: what it comes to, then all steps with what they are good for and what they are learned from. Links say where they lead. */
import { keyOf } from "./names";
import { showCount, showDay, showDays, showHours, showHoursInFull, showStep, showMoney, showNumber } from "../format/format";
import type { Plan, PlanMilestone, PlanStep } from "./model";
import type { ResourcePlanQuery } from "./resources.generated";
import { titleOf } from "./summary";
import styles from "./print-sheet.module.css";

export type Chosen = NonNullable<ResourcePlanQuery["roadmap"]>["resources"];

interface PrintSheetProps {
  plan: Plan;
  /** Not there where it is not known. */
  chosen: Chosen | undefined;
  /** Where the same is to be seen on a screen. */
  address: string;
}

interface Taught {
  title: string;
  url: string;
  price: number;
  section: string | null;
}

export function PrintSheet({ plan, chosen, address }: PrintSheetProps) {
  const taught = teaching(chosen);
  return (
    <article>
      <h1>{titleOf(plan)}</h1>
      <p>
        {showHoursInFull(plan.hours)} in {showCount(plan.steps.length, "step")}
        {plan.provenMinimal && ", the fewest hours that get there, proven"}. At {showNumber(plan.hoursPerWeek)} hours a week from {showDay(plan.startsOn)} to{" "}
        {showDay(plan.finishesOn)}.{plan.finishBy && !plan.fits && ` Not all of it fits by ${showDay(plan.finishBy)}: what is left for later is marked.`}
        {chosen && ` ${showCount(chosen.picks.length, "resource")}, ${showMoney(chosen.price)} in all.`}
      </p>
      {plan.milestones.map((milestone) => (
        <Section key={milestone.index} milestone={milestone} taught={taught} />
      ))}
      <footer>
        <p>{address}</p>
      </footer>
    </article>
  );
}

function Section({ milestone, taught }: { milestone: PlanMilestone; taught: ReadonlyMap<string, Taught> }) {
  return (
    <section class={styles["milestone"]}>
      <h2>{milestone.title}</h2>
      <p>
        {showCount(milestone.steps.length, "step")}, {showHours(milestone.hours)}, {showDays(milestone.startsOn, milestone.arrivesOn)}
      </p>
      <ol role="list">
        {milestone.steps.map((step) => (
          <Line key={step.key} step={step} taught={taught.get(step.key)} />
        ))}
      </ol>
    </section>
  );
}

function Line({ step, taught }: { step: PlanStep; taught: Taught | undefined }) {
  const isDone = step.state === "COMPLETED" || step.state === "HELD";
  const marks = [step.critical && "on the longest chain", step.deferred && "left for later"].filter(Boolean);
  return (
    <li>
      <span class={styles["box"]} aria-hidden="true">
        {isDone && "✓"}
      </span>
      <div>
        <h3>
          {step.position}. {showStep(step.title, step.level)}
        </h3>
        <p>{step.outcome}</p>
        {taught && (
          <p>
            With {taught.title}
            {taught.section && `, ${taught.section}`} ({showMoney(taught.price)}) <span class={styles["address"]}>{taught.url}</span>
          </p>
        )}
      </div>
      <p class={styles["when"]}>
        <strong>{showHours(step.hours)}</strong> {showDays(step.startsOn, step.finishesOn)} {marks.length > 0 && <em>{marks.join(", ")}</em>}
      </p>
    </li>
  );
}

function teaching(chosen: Chosen | undefined): Map<string, Taught> {
  const pairs = chosen?.picks.flatMap(({ resource, covers }) =>
    covers.map(({ step, section }): [string, Taught] => [keyOf(step), { title: resource.title, url: resource.url, price: resource.price, section }]),
  );
  return new Map(pairs);
}
