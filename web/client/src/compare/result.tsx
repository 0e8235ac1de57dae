/** What two roadmaps come to, row by row, and their steps: those of each alone, and those of both. */
import { daysBetween, showCount, showDay, showHours, showHoursInFull, showMoney, showNumber, showSpan } from "../format/format";
import { keyOf, nameOf } from "../roadmap/names";
import { Note } from "../ui/note";
import type { CompareQuery } from "./compare.generated";
import styles from "./result.module.css";

type Comparison = CompareQuery["compareRoadmaps"];
type Roadmap = NonNullable<Comparison["options"][number]["roadmap"]>;
type Steps = Comparison["shared"];

/** So many steps of a list are shown at once. */
const SHOWN = 20;

interface Fact {
  name: string;
  show: (roadmap: Roadmap) => string;
  /** What is compared; less is better. */
  weigh?: (roadmap: Roadmap) => number;
  /** How the difference is said, for the better one. */
  less?: (difference: number) => string;
}

const FACTS: Fact[] = [
  {
    name: "To learn",
    show: ({ hours, provenMinimal }) => `${showHoursInFull(hours)}${provenMinimal ? ", the fewest" : ""}`,
    weigh: ({ hours }) => hours,
    less: (difference) => `${showHours(difference)} less`,
  },
  {
    name: "You arrive",
    show: ({ schedule }) => showDay(schedule.finishesOn),
    weigh: ({ schedule }) => daysBetween("2000-01-01", schedule.finishesOn),
    less: (days) => `${showSpan("2000-01-01", plusDays(days))} sooner`,
  },
  {
    name: "Resources",
    show: ({ resources: { picks, price } }) => `${showNumber(picks.length)}, ${showMoney(price)}`,
    weigh: ({ resources }) => resources.price,
    less: (difference) => `${showMoney(difference)} less`,
  },
  { name: "Steps", show: (roadmap) => showNumber(stepsOf(roadmap)), weigh: stepsOf, less: (difference) => `${showNumber(difference)} fewer` },
  {
    name: "Without a resource",
    show: ({ resources }) => (resources.uncovered.length === 0 ? "none" : showCount(resources.uncovered.length, "step")),
    weigh: ({ resources }) => resources.uncovered.length,
    less: (difference) => `${showNumber(difference)} fewer`,
  },
];

function stepsOf({ milestones }: Roadmap): number {
  return milestones.reduce((sum, { steps }) => sum + steps.length, 0);
}

/** The last of so many days from the beginning of 2000, as `showSpan` counts. */
const plusDays = (days: number) => new Date(Date.UTC(2000, 0, days)).toISOString().slice(0, 10);

export function Result({ comparison, titles }: { comparison: Comparison; titles: [string, string] }) {
  const [one, other] = comparison.options;
  if (!one?.roadmap || !other?.roadmap) return null;
  return (
    <div class={styles["result"]}>
      <Decision comparison={comparison} />
      <Facts roadmaps={[one.roadmap, other.roadmap]} titles={titles} />
      <section class={styles["steps"]} aria-label="Steps">
        <Steps side="A" title="Only on A" steps={one.only} none="Everything on A is on B too." />
        <Steps title="On both" steps={comparison.shared} none="They share no step." />
        <Steps side="B" title="Only on B" steps={other.only} none="Everything on B is on A too." />
      </section>
    </div>
  );
}

function Decision({ comparison: { shared, decideBy, options } }: { comparison: Comparison }) {
  const hours = sumOf(shared);
  const isSame = options.every(({ only }) => only.length === 0);
  if (isSame) return <Note title="Both have the same steps.">Only dates and resources can differ.</Note>;
  if (shared.length === 0 || decideBy === null) return <Note title="They share nothing: the decision comes first." />;
  return (
    <Note tone="good" title={`You can leave it open until ${showDay(decideBy)}`}>
      <p>
        {showCount(shared.length, "step")}, {showHoursInFull(hours)}, are on both. What they share comes first as far as possible, so you can begin now and decide then.
      </p>
    </Note>
  );
}

const sumOf = (steps: Steps) => steps.reduce((sum, { hours }) => sum + hours, 0);

function Facts({ roadmaps, titles }: { roadmaps: [Roadmap, Roadmap]; titles: [string, string] }) {
  return (
    <table class={styles["facts"]}>
      <caption class="hidden-text">The two roadmaps in figures</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden-text">What</span>
          </th>
          {titles.map((title, index) => (
            <th key={index === 0 ? "A" : "B"} scope="col" data-side={index === 0 ? "A" : "B"}>
              {index === 0 ? "A" : "B"}: {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {FACTS.map((fact) => (
          <tr key={fact.name}>
            <th scope="row">{fact.name}</th>
            <Value fact={fact} of={roadmaps[0]} beside={roadmaps[1]} />
            <Value fact={fact} of={roadmaps[1]} beside={roadmaps[0]} />
          </tr>
        ))}
        <tr>
          <th scope="row">Milestones</th>
          {roadmaps.map(({ milestones }, index) => (
            <td key={index === 0 ? "A" : "B"}>
              <ul role="list">
                {milestones.map(({ title, arrivesOn, hours }) => (
                  <li key={title}>
                    {title} <span class="soft">{`${showHours(hours)}, ${showDay(arrivesOn)}`}</span>
                  </li>
                ))}
              </ul>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Value({ fact, of, beside }: { fact: Fact; of: Roadmap; beside: Roadmap }) {
  const difference = fact.weigh ? fact.weigh(beside) - fact.weigh(of) : 0;
  return (
    <td data-better={difference > 0 || undefined}>
      {fact.show(of)} {difference > 0 && fact.less && <span class={styles["better"]}>{fact.less(difference)}</span>}
    </td>
  );
}

function Steps({ side, title, steps, none }: { side?: "A" | "B"; title: string; steps: Steps; none: string }) {
  return (
    <div class={styles["column"]} data-side={side}>
      <h2>{title}</h2>
      <p class="soft small">{steps.length === 0 ? none : `${showCount(steps.length, "step")}, ${showHoursInFull(sumOf(steps))}`}</p>
      <Listed steps={steps.slice(0, SHOWN)} />
      {steps.length > SHOWN && (
        <details>
          <summary>{showCount(steps.length - SHOWN, "more step")}</summary>
          <Listed steps={steps.slice(SHOWN)} />
        </details>
      )}
    </div>
  );
}

function Listed({ steps }: { steps: Steps }) {
  return (
    <ul role="list">
      {steps.map((step) => (
        <li key={keyOf(step)}>
          <a href={`/topics/${step.topic.slug}`}>{nameOf(step)}</a> <span class="soft">{showHours(step.hours)}</span>
        </li>
      ))}
    </ul>
  );
}
