/** The small signs of a step: its level, how it stands, what hangs on it. Each says in words what it shows. */
import { Check, CircleDashed, Clock, Milestone, Minus, Play, Star } from "lucide";
import type { Proficiency, StepState } from "../api/schema.generated";
import type { ComponentChildren } from "preact";
import { showStep } from "../format/format";
import { TERMS } from "../format/terms";
import { Icon } from "../ui/icon";
import { LevelTag } from "../ui/level-tag";
import { Term } from "../ui/term";
import type { PlanStep } from "./model";
import { MOST_WEIGHT } from "./weights";
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

interface StepMarksProps {
  step: PlanStep;
  /** Whether each says at a click what it means; not within another button. */
  explained?: boolean;
}

export function StepMarks({ step, explained }: StepMarksProps) {
  const state = step.state && STATES[step.state];
  return (
    <span class={styles["marks"]}>
      {state && (
        <span class={styles["state"]} data-state={step.state}>
          <Icon of={state.icon} size="0.95em" /> {state.label}
        </span>
      )}
      {step.critical && (
        <Mark look="critical" explained={explained}>
          <Icon of={Milestone} size="0.95em" /> Critical
        </Mark>
      )}
      {step.deferred && (
        <Mark look="later" explained={explained}>
          <Icon of={Clock} size="0.95em" /> Later
        </Mark>
      )}
      {step.weight === MOST_WEIGHT && (
        <Mark look="key" explained={explained}>
          <Icon of={Star} size="0.95em" /> Key
        </Mark>
      )}
      {step.ready && step.state === "OPEN" && (
        <span class={styles["ready"]}>
          <Icon of={CircleDashed} size="0.95em" /> Ready
        </span>
      )}
    </span>
  );
}

/** What the views explain beside the levels. */
export const SIGNS = ["critical", "key", "later", "weight", "value"] as const;

interface MarkProps {
  look: "critical" | "later" | "key";
  explained: boolean | undefined;
  children: ComponentChildren;
}

function Mark({ look, explained, children }: MarkProps) {
  if (!explained) {
    return (
      <span class={styles[look]} title={TERMS[look]}>
        {children}
      </span>
    );
  }
  return (
    <span class={styles[look]}>
      <Term meaning={TERMS[look]}>{children}</Term>
    </span>
  );
}

/** The class that paints with a milestone's colour: there are six of them. */
export const wayColour = (milestone: number) => `way-${(milestone % 6) + 1}`;

/** What a step is called in full. */
export const nameOfStep = (step: Pick<PlanStep, "title" | "level">) => showStep(step.title, step.level);
