/** A roadmap in its views, with the details of the step in hand beside it. */
import { lazy } from "preact-iso";
import type { ComponentChildren } from "preact";
import { useCallback } from "preact/hooks";
import { parseStep } from "../question/address";
import { stepName } from "../question/question";
import { VIEWS, addressOf, type Asked, type View } from "../question/use-question";
import type { RoadmapInput } from "../api/schema.generated";
import { Button } from "../ui/button";
import { Aside } from "./aside";
import type { Plan, PlanStep } from "./model";
import { StepDetails } from "./step-details";
import { StepList } from "./step-list";
import { Summary } from "./summary";
import { Timeline } from "./timeline";
import styles from "./roadmap-view.module.css";

const Graph = lazy(() => import("./graph"));
const Choices = lazy(() => import("./choices"));
const Resources = lazy(() => import("./resources"));

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
  const onSelect = useCallback((key: string | undefined) => open(key === undefined ? undefined : parseStep(key)), [open]);
  const given = { plan, selected, onSelect };
  const inHand = selected === undefined ? undefined : plan.byKey.get(selected);
  return (
    <div class={styles["view"]}>
      <Summary plan={plan} actions={actions} onMoreHours={(hoursPerWeek) => asked.ask({ hoursPerWeek })} />
      <nav class={styles["tabs"]} aria-label="Views of the roadmap">
        {VIEWS.map((one) => (
          <a key={one} href={addressOf(question, one, step)} aria-current={one === view ? "page" : undefined}>
            {NAMES[one]}
          </a>
        ))}
      </nav>
      <div class={inHand ? styles["both"] : undefined}>
        <div class={styles["main"]}>
          {view === "timeline" && <Timeline {...given} />}
          {view === "list" && <StepList {...given} />}
          {view === "graph" && <Graph {...given} />}
          {view === "choices" && <Choices input={input} asked={asked} />}
          {view === "resources" && <Resources input={input} plan={plan} onSelect={onSelect} />}
        </div>
        {inHand && (
          <Aside title={inHand.title} onClose={() => onSelect(undefined)}>
            <StepDetails plan={plan} step={inHand} input={input} onSelect={onSelect} actions={<Corrections step={inHand} asked={asked} />} />
          </Aside>
        )}
      </div>
    </div>
  );
}

/** What the learner may say about a step that is on the roadmap. */
function Corrections({ step, asked }: { step: PlanStep; asked: Asked }) {
  const { question, ask } = asked;
  const { topic, level } = step;
  const others = question.skills.filter((skill) => skill.topic !== topic);
  const know = () => ask({ skills: [...others, { topic, level }], gaps: question.gaps.filter((gap) => gap.topic !== topic) });
  const leaveOut = () => ask({ avoid: [...question.avoid, topic], prefer: question.prefer.filter((slug) => slug !== topic) });
  return (
    <>
      <Button small onClick={know}>
        I know this already
      </Button>
      <Button small onClick={leaveOut}>
        Leave {step.title} out
      </Button>
    </>
  );
}
