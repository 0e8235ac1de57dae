/** A roadmap in its views, with the details of the step in hand beside it. */
import type { ComponentChildren } from "preact";
import { useCallback, useRef } from "preact/hooks";
import type { RoadmapInput } from "../api/schema.generated";
import { parseStep } from "../question/address";
import { stepName } from "../question/question";
import { VIEWS, addressOf, type Asked, type View } from "../question/use-question";
import { later } from "../ui/later";
import { Tabs } from "../ui/tabs";
import { Assumed } from "./assumed";
import { AssumedStep } from "./assumed-step";
import { correctionsOf } from "./corrections";
import type { Plan } from "./model";
import { OpenStep } from "./open-step";
import { chosenFor, printPlan, usePrintSheet } from "./print";
import { StepList } from "./step-list";
import { Summary } from "./summary";
import { Timeline } from "./timeline";
import { findPlace, useScrollTo } from "./views";
import styles from "./roadmap-view.module.css";

const Graph = later(() => import("./graph").then(({ Graph }) => Graph));
const Choices = later(() => import("./choices").then(({ Choices }) => Choices));
const Resources = later(() => import("./resources").then(({ Resources }) => Resources));

export interface RoadmapViewProps {
  plan: Plan;
  /** What it is the answer to: details, choices and resources are asked for by it. */
  input: RoadmapInput;
  asked: Asked;
  /** What can be done with it as a whole. */
  actions?: ComponentChildren;
}

const NAMES: Record<View, string> = { timeline: "Timeline", graph: "Graph", list: "List", choices: "Choices", resources: "Resources" };

export function RoadmapView({ plan, input, asked, actions }: RoadmapViewProps) {
  const { question, view, step, open } = asked;
  const selected = step && stepName(step);
  // The same function for as long as the page is open, so that of hundreds of steps only those are drawn anew that change.
  const latest = useRef(open);
  latest.current = open;
  const onSelect = useCallback((key: string | undefined) => latest.current(key === undefined ? undefined : parseStep(key)), []);
  const given = { plan, selected, onSelect };
  const inHand = selected === undefined ? undefined : plan.byKey.get(selected);
  const assumed = step && plan.assumed.find(({ keys }) => keys.includes(stepName(step)));
  usePrintSheet(plan, { read: () => chosenFor(input), printAll: () => printPlan(input) });
  useScrollTo(view === "graph" ? undefined : selected);
  const close = () => {
    onSelect(undefined);
    if (selected !== undefined) findPlace(selected)?.focus();
  };
  return (
    <div class={`${styles["view"]} ${inHand || assumed ? styles["both"] : ""}`}>
      <Summary plan={plan} actions={actions} onChange={asked.ask} />
      <Assumed plan={plan} selected={selected} onSelect={onSelect} />
      <Tabs
        label="Views of the roadmap"
        tabs={VIEWS.map((one) => ({ label: NAMES[one], href: addressOf(question, one, step, asked.edited), current: one === view ? "page" : undefined }))}
      />
      <div class={styles["main"]}>
        {view === "timeline" && <Timeline {...given} />}
        {view === "graph" && <Graph {...given} />}
        {view === "list" && <StepList {...given} />}
        {view === "choices" && <Choices input={input} asked={asked} />}
        {view === "resources" && <Resources input={input} plan={plan} onSelect={onSelect} />}
      </div>
      {step && assumed && <AssumedStep topic={assumed} level={step.level} input={input} asked={asked} onClose={close} />}
      {inHand && <OpenStep plan={plan} step={inHand} input={input} onSelect={onSelect} onClose={close} actions={correctionsOf(asked)} />}
    </div>
  );
}
