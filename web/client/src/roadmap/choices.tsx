/** The decisions between alternatives: what is taken, what the others would cost, and what would come of them. */
import { useMemo, useState } from "preact/hooks";
import { useQuery } from "@urql/preact";
import type { RoadmapInput } from "../api/schema.generated";
import { showDay, showHours, showHoursInFull, showLevel, showCount } from "../format/format";
import type { Question } from "../question/question";
import type { Asked } from "../question/use-question";
import { Button } from "../ui/button";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { ChoicesDocument, WhatIfDocument, type ChoicesQuery } from "./choices.generated";
import styles from "./choices.module.css";

interface ChoicesProps {
  input: RoadmapInput;
  /** Not there where nothing can be chosen. */
  asked?: Asked;
}

type Choice = NonNullable<ChoicesQuery["roadmap"]>["choices"][number];
type Alternative = Choice["alternatives"][number];
type NamedStep = Choice["taken"];

/** So many alternatives are shown at once; the others on demand. */
const SHOWN = 5;

const nameOf = ({ topic, level }: NamedStep) => `${topic.title}, ${showLevel(level).toLowerCase()}`;
const keyOf = ({ topic, level }: NamedStep) => `${topic.slug}@${level}`;

export function Choices({ input, asked }: ChoicesProps) {
  const [{ data, error, fetching }] = useQuery({ query: ChoicesDocument, variables: { input } });
  const choices = data?.roadmap?.choices;
  if (error && !choices) return <ErrorNote error={error} />;
  if (!choices) return <Skeleton lines={6} label="Weighing the alternatives" />;
  if (choices.length === 0) return <Empty title="Nothing to choose.">Each requirement on this way can be met in one way alone.</Empty>;
  return (
    <div class={styles["choices"]} aria-busy={fetching}>
      <p class="soft">Where the way can go by one thing or another, it goes by the one that leaves the least to learn. What the others would cost stands beside them.</p>
      <ul role="list">
        {choices.map((choice) => (
          <li key={`${keyOf(choice.taken)}/${choice.alternatives.map(({ step }) => keyOf(step)).join()}`} class={styles["choice"]}>
            <OneChoice choice={choice} input={input} asked={asked} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function OneChoice({ choice, input, asked }: ChoicesProps & { choice: Choice }) {
  const [whatIf, setWhatIf] = useState<NamedStep>();
  const others = choice.alternatives.filter(({ step }) => keyOf(step) !== keyOf(choice.taken)).toSorted(byCost);
  const row = (alternative: Alternative) => (
    <Other key={keyOf(alternative.step)} alternative={alternative} isOpen={alternative.step === whatIf} onOpen={asked && (() => setWhatIf(alternative.step === whatIf ? undefined : alternative.step))} />
  );
  return (
    <>
      <h2>
        <span class="soft">Taken:</span> {nameOf(choice.taken)}
      </h2>
      <ul role="list" class={styles["others"]}>
        {others.slice(0, SHOWN).map(row)}
      </ul>
      {others.length > SHOWN && (
        <details>
          <summary>{showCount(others.length - SHOWN, "more alternative")}</summary>
          <ul role="list" class={styles["others"]}>
            {others.slice(SHOWN).map(row)}
          </ul>
        </details>
      )}
      {asked && whatIf && <WhatIf taken={choice.taken} instead={whatIf} input={input} asked={asked} onClose={() => setWhatIf(undefined)} />}
    </>
  );
}

const byCost = (one: Alternative, other: Alternative) => (one.extraHours ?? Infinity) - (other.extraHours ?? Infinity);

function Other({ alternative, isOpen, onOpen }: { alternative: Alternative; isOpen: boolean; onOpen: (() => void) | undefined }) {
  const { step, extraHours } = alternative;
  return (
    <li>
      <span>{nameOf(step)}</span>
      <span class={styles["cost"]}>{extraHours === null ? "no way with it" : extraHours === 0 ? "as many hours" : `+${showHours(extraHours)}`}</span>
      {onOpen && extraHours !== null && (
        <Button small aria-expanded={isOpen} onClick={onOpen}>
          What if
          <span class="hidden-text"> it were {nameOf(step)}</span>
        </Button>
      )}
    </li>
  );
}

interface WhatIfProps {
  taken: NamedStep;
  instead: NamedStep;
  input: RoadmapInput;
  asked: Asked;
  onClose: () => void;
}

/** The question with one topic preferred to another. */
export function preferring({ prefer, avoid }: Pick<Question, "prefer" | "avoid">, topic: string, before: string): Pick<Question, "prefer" | "avoid"> {
  return { prefer: [...prefer.filter((slug) => slug !== before && slug !== topic), topic], avoid: avoid.filter((slug) => slug !== topic) };
}

function WhatIf({ taken, instead, input, asked, onClose }: WhatIfProps) {
  const change = useMemo(() => preferring(asked.question, instead.topic.slug, taken.topic.slug), [asked.question, instead, taken]);
  const inputs = useMemo(() => [input, { ...input, ...change }], [input, change]);
  const [{ data, error }] = useQuery({ query: WhatIfDocument, variables: { inputs } });
  const [now, then] = data?.compareRoadmaps.options ?? [];
  return (
    <div class={styles["whatIf"]} role="status">
      <h3>With {nameOf(instead)} instead</h3>
      {error && <ErrorNote error={error} />}
      {!data && !error && <Skeleton lines={2} label="Planning the other way" />}
      {now?.roadmap && then?.roadmap && (
        <>
          <p>
            <strong>{showHoursInFull(then.roadmap.hours)}</strong>, {difference(then.roadmap.hours - now.roadmap.hours)}. You would arrive on <strong>{showDay(then.roadmap.schedule.finishesOn)}</strong> rather than on{" "}
            {showDay(now.roadmap.schedule.finishesOn)}.
          </p>
          <Only title="You would learn" steps={then.only} />
          <Only title="You would not need" steps={now.only} />
        </>
      )}
      <p class={styles["actions"]}>
        <Button small look="main" onClick={() => asked.ask(change)}>
          Take {instead.topic.title}
        </Button>
        <Button small onClick={onClose}>
          Leave it
        </Button>
      </p>
    </div>
  );
}

const difference = (hours: number) => (hours === 0 ? "as many as now" : `${showHours(Math.abs(hours))} ${hours > 0 ? "more" : "fewer"}`);

function Only({ title, steps }: { title: string; steps: (NamedStep & { hours: number })[] }) {
  if (steps.length === 0) return null;
  return (
    <p>
      {title}: {steps.map((step) => `${nameOf(step)} (${showHours(step.hours)})`).join("; ")}.
    </p>
  );
}
