/** Steps as they will be when what waits in the outbox has been done. */
import { stepName } from "../question/question";
import type { Entry } from "../api/outbox-core";
import type { StepState } from "../api/schema.generated";
import type { SavedStep } from "./saved-plan";

const STATES: Record<string, (before: StepState) => StepState> = {
  startStep: () => "STARTED",
  completeStep: () => "COMPLETED",
  // Back by one.
  reopenStep: (before) => (before === "COMPLETED" ? "STARTED" : "OPEN"),
  skipStep: () => "SKIPPED",
};

/** The entries that are about a roadmap. */
export const about = (entries: readonly Entry[], roadmap: string) => entries.filter(({ input }) => input["roadmap"] === roadmap);

interface Standing {
  topic: string;
  level: string;
  state: StepState;
}

export interface Waiting {
  /** Whether that a step is so is not yet known to the server. */
  isWaiting: boolean;
}

export type Ahead = SavedStep & Waiting;

export function ahead(steps: readonly SavedStep[], entries: readonly Entry[]): Ahead[] {
  return standing(steps, entries).map((step) => ({ ...step, ready: step.isWaiting ? step.state === "OPEN" || step.state === "STARTED" : step.ready }));
}

/** The same for some steps of a roadmap, by what waits for any. */
export const aheadOf = <Step extends Standing>(steps: readonly Step[], entries: readonly Entry[], roadmap: string) => standing(steps, about(entries, roadmap));

function standing<Step extends Standing>(steps: readonly Step[], entries: readonly Entry[]): (Step & Waiting)[] {
  const states = new Map(steps.map((step) => [stepName(step), step.state]));
  const changed = new Set<string>();
  for (const { operation, input } of entries) {
    const step = input["step"] as { topic: string; level: string } | null | undefined;
    const name = step ? stepName(step) : "";
    const before = states.get(name);
    const change = STATES[operation];
    if (before === undefined || !change) continue;
    states.set(name, change(before));
    changed.add(name);
  }
  return steps.map((step) => {
    const state = states.get(stepName(step)) ?? step.state;
    return { ...step, state, isWaiting: changed.has(stepName(step)) };
  });
}
