/** The resources of a roadmap, chosen as a whole: which ones, for which steps, how long and for how much. */
import { useQuery } from "@urql/preact";
import { BadgeCheck } from "lucide";
import type { RoadmapInput } from "../api/schema.generated";
import { showCount, showMoney, showNumber, showTime } from "../format/format";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Note, Skeleton } from "../ui/note";
import type { Plan } from "./model";
import type { Chosen } from "./print-sheet";
import { ResourcePlanDocument } from "./resources.generated";
import { divisionInWords } from "./resources/division";
import { inOrder } from "./resources/order";
import { StepLink } from "./step-link";
import { ResourceLine } from "./teaching";
import type { ViewProps } from "./views";
import styles from "./resources.module.css";

/** So many steps are named at once where nothing teaches them. */
const SHOWN = 6;

interface ResourcesProps extends Pick<ViewProps, "plan" | "onSelect"> {
  input: RoadmapInput;
}

type PickedResource = Chosen["picks"][number];
type Covered = PickedResource["covers"][number]["step"];

export function Resources({ input, plan, onSelect }: ResourcesProps) {
  const [{ data, error, fetching }] = useQuery({ query: ResourcePlanDocument, variables: { input } });
  const answer = data?.roadmap;
  const chosen = answer?.resources;
  if (error && !chosen) return <ErrorNote error={error} />;
  if (!answer || !chosen) return <Skeleton lines={8} label="Choosing resources" />;
  if (chosen.picks.length === 0 && chosen.uncovered.length === 0) return <Empty title="Nothing to learn from.">There is nothing left to learn.</Empty>;
  return (
    <div class={styles["resources"]} aria-busy={fetching}>
      {chosen.picks.length > 0 && <Sum chosen={chosen} division={divisionInWords(answer, plan.hours)} />}
      {chosen.uncovered.length > 0 && <Uncovered steps={chosen.uncovered} plan={plan} onSelect={onSelect} />}
      <ol role="list" class={styles["picks"]}>
        {inOrder(chosen.picks, plan).map((pick) => (
          <Picked key={pick.resource.slug} pick={pick} plan={plan} onSelect={onSelect} />
        ))}
      </ol>
    </div>
  );
}

function Sum({ chosen, division }: { chosen: Chosen; division: string }) {
  const free = chosen.picks.filter(({ resource }) => resource.price === 0).length;
  return (
    <div class={styles["sum"]}>
      <p>
        <strong>{showCount(chosen.picks.length, "resource")}</strong>, <strong>{showMoney(chosen.price)}</strong> in all. {division}{" "}
        <span class="soft">
          {free === chosen.picks.length ? "All of them are free." : `${showNumber(free)} of them ${free === 1 ? "is" : "are"} free.`} In the order in which you need them.
        </span>
      </p>
      {chosen.provenMinimal && (
        <p class={styles["proof"]}>
          <Icon of={BadgeCheck} size="1em" /> chosen together: no other set costs less of your time and money, proven
        </p>
      )}
    </div>
  );
}

function Uncovered({ steps, ...given }: Pick<ResourcesProps, "plan" | "onSelect"> & { steps: Covered[] }) {
  return (
    <Note tone="warn" title={`${showCount(steps.length, "step has", "steps have")} no resource within your wishes`}>
      <p>Other languages, kinds or a larger budget may change that.</p>
      <details open={steps.length <= SHOWN}>
        <summary>Which</summary>
        <ul class={styles["uncovered"]}>
          {steps.map((step) => (
            <li key={step.topic.slug + step.level}>
              <StepOf step={step} {...given} />
            </li>
          ))}
        </ul>
      </details>
    </Note>
  );
}

function Picked({ pick, plan, onSelect }: Pick<ResourcesProps, "plan" | "onSelect"> & { pick: PickedResource }) {
  return (
    <li>
      <ResourceLine resource={pick.resource} />
      <ul role="list" class={styles["covers"]} aria-label={`What ${pick.resource.title} teaches`}>
        {pick.covers.map(({ step, hours, section }) => (
          <li key={step.topic.slug + step.level}>
            <StepOf step={step} plan={plan} onSelect={onSelect} />{" "}
            <span class="soft">
              {showTime(hours)}
              {section && ` · ${section}`}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function StepOf({ step, plan, onSelect }: { step: Covered; plan: Plan; onSelect: ViewProps["onSelect"] }) {
  return <StepLink step={{ topic: step.topic.slug, title: step.topic.title, level: step.level }} plan={plan} onSelect={onSelect} />;
}
