/** The small signs of a step: its level, how it stands, what hangs on it. Each says in words what it shows. */
import { Check, CircleDashed, Clock, Milestone, Minus, Play, Star } from "lucide";
import type { Proficiency, StepState } from "../api/schema.generated";
import { showStep } from "../format/format";
import { Icon } from "../ui/icon";
import { LevelTag } from "../ui/level-tag";
import type { PlanStep } from "./model";
import styles from "./marks.module.css";

/** A level, said softly beside a title. */
export function LevelMark({ level }: { level: Proficiency }) {
  return (
    <span class={styles["level"]}>
      <LevelTag level={level} />
    </span>
  );
}

const STATES: Record<StepState, { icon: typeof Check; label: string } | undefined> = {
  OPEN: undefined,
  STARTED: { icon: Play, label: "Begun" },
  COMPLETED: { icon: Check, label: "Done" },
  HELD: { icon: Check, label: "Known" },
  SKIPPED: { icon: Minus, label: "Skipped" },
};

export function StepMarks({ step }: { step: PlanStep }) {
  const state = step.state && STATES[step.state];
  return (
    <span class={styles["marks"]}>
      {state && (
        <span class={styles["state"]} data-state={step.state}>
          <Icon of={state.icon} size="0.95em" /> {state.label}
        </span>
      )}
      {step.critical && (
        <span class={styles["critical"]} title="On the longest chain of steps that need each other">
          <Icon of={Milestone} size="0.95em" /> Critical
        </span>
      )}
      {step.deferred && (
        <span class={styles["deferred"]} title="Does not fit by your last day">
          <Icon of={Clock} size="0.95em" /> Later
        </span>
      )}
      {step.weight >= GREAT_WEIGHT && (
        <span class={styles["weight"]} title="Matters most for the target">
          <Icon of={Star} size="0.95em" /> Key
        </span>
      )}
      {step.ready && step.state === "OPEN" && (
        <span class={styles["ready"]}>
          <Icon of={CircleDashed} size="0.95em" /> Ready
        </span>
      )}
    </span>
  );
}

/** Requirements of roles weigh 1 to 3. */
const GREAT_WEIGHT = 3;

/** The class that paints with a milestone's colour: there are six of them. */
export const wayColour = (milestone: number) => `way-${(milestone % 6) + 1}`;

/** What a step is called in full. */
export const nameOfStep = (step: Pick<PlanStep, "title" | "level">) => showStep(step.title, step.level);
