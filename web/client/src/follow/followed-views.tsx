/** The steps of a followed roadmap in the views, with what can be done with each. */
import { useCallback } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { useLocation } from "preact-iso/router";
import { Clock } from "lucide";
import { parseStep, printStep } from "../question/address";
import { stepName } from "../question/question";
import { Aside } from "../roadmap/aside";
import type { Plan, PlanStep } from "../roadmap/model";
import { StepDetails } from "../roadmap/step-details";
import { StepList } from "../roadmap/step-list";
import { Timeline } from "../roadmap/timeline";
import { findPlace } from "../roadmap/views";
import { Icon } from "../ui/icon";
import { later } from "../ui/later";
import { Tabs } from "../ui/tabs";
import { ErrorNote, Skeleton } from "../ui/note";
import type { Ahead } from "./optimistic";
import { SavedStepDetailsDocument } from "./saved.generated";
import { StepActions } from "./step-actions";
import styles from "./follow.module.css";

const Graph = later(() => import("../roadmap/graph").then(({ Graph }) => Graph));

const VIEWS = [
  { view: "list", label: "List" },
  { view: "timeline", label: "Timeline" },
  { view: "graph", label: "Graph" },
] as const;

interface FollowedViewsProps {
  id: string;
  plan: Plan;
  steps: Ahead[];
}

export function FollowedViews({ id, plan, steps }: FollowedViewsProps) {
  const { path, query, route } = useLocation();
  const view = VIEWS.find((one) => one.view === query["view"])?.view ?? "list";
  const named = query["step"] === undefined ? undefined : parseStep(query["step"]);
  const selected = named && stepName(named);
  const inHand = selected === undefined ? undefined : plan.byKey.get(selected);
  const addressIn = useCallback(
    (one: string, key: string | undefined) => {
      const step = key === undefined ? undefined : parseStep(key);
      return `${path}?view=${one}${step ? `&step=${printStep(step)}` : ""}`;
    },
    [path],
  );
  const onSelect = useCallback((key: string | undefined) => route(addressIn(view, key), true), [route, addressIn, view]);
  const waiting = new Set(steps.filter(({ isWaiting }) => isWaiting).map(stepName));
  const actions = (step: PlanStep) => (
    <>
      {waiting.has(step.key) && (
        <span class={styles["badge"]}>
          <Icon of={Clock} size="0.95em" /> waiting to be sent
        </span>
      )}
      <StepActions roadmap={id} step={step} />
    </>
  );
  // Of what has to wait nothing can be done yet; its details have the rest.
  const actionsInList = (step: PlanStep) => (step.ready || step.state === "STARTED" || waiting.has(step.key) ? actions(step) : undefined);
  const given = { plan, selected, onSelect };
  const close = () => {
    onSelect(undefined);
    if (selected !== undefined) findPlace(selected)?.focus();
  };
  return (
    <section class={styles["page"]} aria-label="Steps">
      <Tabs label="Views of the roadmap" tabs={VIEWS.map(({ view: one, label }) => ({ label, href: addressIn(one, selected), current: one === view ? "page" : undefined }))} />
      <div class={inHand ? styles["both"] : undefined}>
        <div>
          {view === "list" && <StepList {...given} actions={actionsInList} />}
          {view === "timeline" && <Timeline {...given} />}
          {view === "graph" && <Graph {...given} />}
        </div>
        {inHand && (
          <Aside about={inHand.key} title={inHand.title} onClose={close}>
            <Details id={id} plan={plan} step={inHand} onSelect={onSelect} actions={actions} />
          </Aside>
        )}
      </div>
    </section>
  );
}

interface DetailsProps {
  id: string;
  plan: Plan;
  step: PlanStep;
  onSelect: (key: string | undefined) => void;
  actions: (step: PlanStep) => preact.ComponentChildren;
}

function Details({ id, step, ...given }: DetailsProps) {
  const { topic, level } = step;
  const [{ data, error, fetching }] = useQuery({ query: SavedStepDetailsDocument, variables: { id, topic, level } });
  const waiting = error ? <ErrorNote error={error} /> : fetching ? <Skeleton lines={5} label="Loading what it is learned from" /> : undefined;
  return <StepDetails {...given} step={step} details={data?.savedRoadmap?.roadmap?.step ?? undefined} waiting={waiting} />;
}
