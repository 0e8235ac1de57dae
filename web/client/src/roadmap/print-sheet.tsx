/** A roadmap on paper: what it comes to, then all steps with what they are good for and what they are learned from. Links say where they lead. */
import { keyOf } from "./names";
import { showCount, showDay, showDays, showHours, showHoursInFull, showLevel, showList, showMoney, showNumber, showStep, showTime } from "../format/format";
import { divided } from "./deadline/parts";
import type { Plan, PlanMilestone, PlanStep } from "./model";
import type { WithResourcesFragment } from "./resources.generated";
import { divisionInWords } from "./resources/division";
import { titleOf } from "./summary";
import styles from "./print-sheet.module.css";

export type Chosen = WithResourcesFragment["resources"];
type Practised = WithResourcesFragment["milestones"][number]["steps"][number];

interface PrintSheetProps {
  plan: Plan;
  /** Resources and practice; not there if they are not known. */
  chosen: WithResourcesFragment | undefined;
  /** Where the same is to be seen on a screen. */
  address: string;
}

interface Taught {
  title: string;
  url: string;
  price: number;
  section: string | null;
  hours: number;
}

export function PrintSheet({ plan, chosen, address }: PrintSheetProps) {
  const taught = teaching(chosen?.resources);
  const practised = new Map(chosen?.milestones.flatMap(({ steps }) => steps.map((step) => [keyOf(step.step), step])));
  return (
    <article>
      <h1>{titleOf(plan)}</h1>
      <p>
        {showHoursInFull(plan.hours)} in {showCount(plan.steps.length, "step")}
        {plan.provenMinimal && ", the fewest hours that get there, proven"}. At {showNumber(plan.hoursPerWeek)} hours a week from {showDay(plan.startsOn)} to{" "}
        {showDay(plan.finishesOn)}.{plan.finishBy && !plan.fits && ` ${deadlineInWords(plan, plan.finishBy)}`}
        {chosen && ` ${divisionInWords(chosen, plan.hours)} ${showCount(chosen.resources.picks.length, "resource")}, ${showMoney(chosen.resources.price)} in all.`}
      </p>
      {plan.assumed.length > 0 && <p>Assumed to be known: {showList(plan.assumed.map(({ title, level }) => `${title} (${showLevel(level).toLowerCase()})`))}.</p>}
      {plan.milestones.map((milestone) => (
        <Section key={milestone.index} milestone={milestone} taught={taught} practised={practised} />
      ))}
      <footer>
        <p>{address}</p>
      </footer>
    </article>
  );
}

interface SectionProps {
  milestone: PlanMilestone;
  taught: ReadonlyMap<string, Taught>;
  practised: ReadonlyMap<string, Practised>;
}

function Section({ milestone, taught, practised }: SectionProps) {
  return (
    <section class={styles["milestone"]}>
      <h2>{milestone.title}</h2>
      <p>
        {showCount(milestone.steps.length, "step")}, {showHours(milestone.hours)}, {showDays(milestone.startsOn, milestone.arrivesOn)}
      </p>
      <ol role="list">
        {milestone.steps.map((step) => (
          <Line key={step.key} step={step} taught={taught.get(step.key)} practised={practised.get(step.key)} />
        ))}
      </ol>
    </section>
  );
}

function Line({ step, taught, practised }: { step: PlanStep; taught: Taught | undefined; practised: Practised | undefined }) {
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
            <strong>Study:</strong> {taught.title}
            {taught.section && `, ${taught.section}`} ({showTime(taught.hours)}, {showMoney(taught.price)}) <span class={styles["address"]}>{taught.url}</span>
          </p>
        )}
        {practised && <Practice practised={practised} />}
      </div>
      <p class={styles["when"]}>
        <strong>{showHours(step.hours)}</strong> {practised && <Parts practised={practised} />} {showDays(step.startsOn, step.finishesOn)} {marks.length > 0 && <em>{marks.join(", ")}</em>}
      </p>
    </li>
  );
}

function Practice({ practised: { practice } }: { practised: Practised }) {
  const { task, resource } = practice;
  if (task === null && !resource) return null;
  return (
    <p>
      <strong>Practise:</strong> {task}
      {resource && (
        <>
          {" "}
          With {resource.resource.title}
          {resource.section && `, ${resource.section}`} ({showTime(resource.hours)}, {showMoney(resource.resource.price)}) <span class={styles["address"]}>{resource.resource.url}</span>
        </>
      )}
    </p>
  );
}

function Parts({ practised: { studyHours, practiceHours } }: { practised: Practised }) {
  return (
    <>
      {studyHours > 0 && <span>{showTime(studyHours)} study</span>} {practiceHours > 0 && <span>{showTime(practiceHours)} practice</span>}
    </>
  );
}

function deadlineInWords({ steps }: Plan, finishBy: string): string {
  const { kept, later } = divided(steps);
  return `Not all of it fits by ${showDay(finishBy)}: ${showHoursInFull(kept.hours)} in ${showCount(kept.steps.length, "step")} are kept, and done by then; ${showHoursInFull(later.hours)} in ${showCount(later.steps.length, "step")} are marked as left for later.`;
}

function teaching(chosen: Chosen | undefined): Map<string, Taught> {
  const pairs = chosen?.picks.flatMap(({ resource, covers }) =>
    covers.map(({ step, section, hours }): [string, Taught] => [keyOf(step), { title: resource.title, url: resource.url, price: resource.price, section, hours }]),
  );
  return new Map(pairs);
}
