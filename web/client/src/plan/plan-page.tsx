/** The question on one side, its answer on the other. The answer follows each change; the old one stays until the next is there. */
import { useMemo, useRef } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { QuestionForm } from "../question/question-form";
import { hasTarget, inputOf } from "../question/question";
import { useQuestion, type Asked } from "../question/use-question";
import { planOf, type Plan } from "../roadmap/model";
import { RoadmapView } from "../roadmap/roadmap-view";
import { RoadmapDocument } from "../roadmap/roadmap.generated";
import { useTitle } from "../shell/title";
import { Skeleton } from "../ui/note";
import { useSettled } from "../ui/use-settled";
import { PlanActions } from "./plan-actions";
import { NoRoadmap } from "./no-roadmap";
import { Welcome } from "./welcome";
import styles from "./plan-page.module.css";

/** What is typed or slid is asked for when it pauses, in milliseconds. */
const PAUSE = 150;

export default function PlanPage() {
  const asked = useQuestion();
  const isAsked = hasTarget(asked.question);
  return (
    <div class={`${styles["page"]} ${isAsked ? styles["asked"] : ""}`}>
      <section id="question" class={styles["question"]} aria-label="Question">
        {/* The same form before and after there is a target: the focus stays where it is. */}
        <details class={styles["fold"]} open={!isAsked || matchMedia("(min-width: 64rem)").matches}>
          <summary hidden={!isAsked}>Your question</summary>
          <QuestionForm question={asked.question} onChange={asked.ask} />
        </details>
      </section>
      <section class={styles["answer"]} aria-label="Roadmap">
        {isAsked ? <Answer asked={asked} /> : <Welcome />}
      </section>
    </div>
  );
}

function Answer({ asked }: { asked: Asked }) {
  const key = JSON.stringify(inputOf(asked.question));
  const settled = useSettled(key, PAUSE);
  const input = useMemo(() => JSON.parse(settled) as ReturnType<typeof inputOf>, [settled]);
  const [{ data, error, fetching }] = useQuery({ query: RoadmapDocument, variables: { input } });
  const answer = useMemo(() => (data?.roadmap ? planOf(data.roadmap) : undefined), [data]);
  const plan = useLast(answer);
  useTitle(plan ? nameOf(plan) : "Plan");
  const isOld = fetching || settled !== key || answer === undefined;
  return (
    <>
      <p role="status" class="hidden-text">
        {error ? "" : isOld ? "Planning…" : plan ? `Planned: ${plan.steps.length} steps.` : ""}
      </p>
      {error && <NoRoadmap error={error} asked={asked} isOld={plan !== undefined} />}
      {plan && (
        <div aria-busy={isOld} class={isOld ? styles["old"] : undefined}>
          <RoadmapView plan={plan} input={input} asked={asked} actions={<PlanActions plan={plan} input={input} asked={asked} />} />
        </div>
      )}
      {!plan && <h1 class="hidden-text">{error ? "No roadmap" : "Planning"}</h1>}
      {!plan && !error && <Skeleton lines={12} label="Planning" />}
    </>
  );
}

/** A value, or the last that there was. */
function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef(value);
  if (value !== undefined) last.current = value;
  return last.current;
}

const nameOf = ({ from, to }: Plan) => (to ? `${from ? `${from.title} to ` : ""}${to.title}` : "Your goals");
