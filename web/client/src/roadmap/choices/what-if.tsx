/** What would come of another choice: the hours, the day of arrival, and which steps would be other ones. */
import { useMemo } from "preact/hooks";
import { useQuery } from "@urql/preact";
import type { RoadmapInput } from "../../api/schema.generated";
import { showDay, showHours, showHoursInFull, showLevel, showList } from "../../format/format";
import type { Asked } from "../../question/use-question";
import { say } from "../../shell/toasts";
import { Button } from "../../ui/button";
import { ErrorNote, Skeleton } from "../../ui/note";
import { WhatIfDocument, type WhatIfQuery } from "../choices.generated";
import type { NamedFragment } from "../names.generated";
import { taking, type Alternative, type Choice } from "./alternatives";
import { keyOf, nameOf } from "../names";
import styles from "./what-if.module.css";

interface WhatIfProps {
  choice: Choice;
  instead: Alternative;
  input: RoadmapInput;
  asked: Asked;
  onClose: () => void;
}

type Option = WhatIfQuery["compareRoadmaps"]["options"][number];
type Known = Option & { roadmap: NonNullable<Option["roadmap"]> };

const isKnown = (option: Option | undefined): option is Known => option !== undefined && option.roadmap !== null;

export function WhatIf({ choice, instead, input, asked, onClose }: WhatIfProps) {
  const { title, slug } = instead.step.topic;
  const change = useMemo(() => taking(asked.question, choice, slug), [asked.question, choice, slug]);
  const inputs = useMemo(() => [input, { ...input, ...change }], [input, change]);
  const [{ data, error }] = useQuery({ query: WhatIfDocument, variables: { inputs } });
  const [now, then] = data?.compareRoadmaps.options ?? [];
  const take = () => {
    asked.ask(change);
    say(`${title} is preferred from now on.`);
  };
  return (
    <div class={styles["whatIf"]} role="status">
      {error && <ErrorNote error={error} />}
      {!data && !error && <Skeleton lines={2} label="Planning the other way" />}
      {isKnown(now) && isKnown(then) && <Difference now={now} then={then} />}
      <p class={styles["actions"]}>
        <Button small look="main" onClick={take}>
          Take {title}
        </Button>
        <Button small onClick={onClose}>
          Leave it
        </Button>
      </p>
    </div>
  );
}

function Difference({ now, then }: { now: Known; then: Known }) {
  const hours = then.roadmap.hours - now.roadmap.hours;
  const [day, dayNow] = [then.roadmap.schedule.finishesOn, now.roadmap.schedule.finishesOn];
  return (
    <>
      <p>
        <strong>{hours === 0 ? "As many hours as now" : `${showHoursInFull(Math.abs(hours))} ${hours > 0 ? "more" : "fewer"}`}</strong>: {showHoursInFull(then.roadmap.hours)} in all. You arrive{" "}
        {day === dayNow ? "on the same day" : `on ${showDay(day)} instead of ${showDay(dayNow)}`}.
      </p>
      <div class={styles["both"]}>
        <Only title="Only with it" steps={then.only} />
        <Only title="Only as it is now" steps={now.only} />
      </div>
      <Assumed now={now.roadmap} then={then.roadmap} />
    </>
  );
}

function Only({ title, steps }: { title: string; steps: Option["only"] }) {
  return (
    <div>
      <h3>{title}</h3>
      {steps.length === 0 && <p class="soft">No other steps</p>}
      <ul>
        {steps.map((step) => (
          <li key={keyOf(step)}>
            {nameOf(step)} <span class="soft">{showHours(step.hours)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whoever prefers something is taken to have come by it: then the hours do not differ by what stands beside the alternative. */
function Assumed({ now, then }: { now: Known["roadmap"]; then: Known["roadmap"] }) {
  const gained = without(then.assumed, now.assumed);
  if (gained.length === 0) return null;
  const lost = without(now.assumed, then.assumed);
  return (
    <p class={styles["assumed"]}>
      With it you are taken to know {highest(gained)} from your time as {then.from?.title ?? "what you are"}
      {lost.length > 0 && `, rather than ${highest(lost)}`}. If that is not so, correct it under “What you know”.
    </p>
  );
}

/** In a sentence; of a topic its highest level, which stands last. */
function highest(steps: NamedFragment[]): string {
  const levels = new Map(steps.map(({ topic, level }) => [topic.title, showLevel(level).toLowerCase()]));
  return showList([...levels].map(([title, level]) => `${title} (${level})`));
}

function without(steps: NamedFragment[], others: NamedFragment[]): NamedFragment[] {
  const keys = new Set(others.map(keyOf));
  return steps.filter((step) => !keys.has(keyOf(step)));
}
