/** Steps as they will be when what waits in the outbox has been done. */
import type { Entry } from "../api/outbox-core";
import type { StepState } from "../api/schema.generated";
import type { SavedStep } from "./saved-plan";

const STATES: Record<string, StepState> = { startStep: "STARTED", completeStep: "COMPLETED", reopenStep: "OPEN", skipStep: "SKIPPED" };

/** The entries that are about a roadmap. */
export const about = (entries: readonly Entry[], roadmap: string) => entries.filter(({ input }) => input["roadmap"] === roadmap);

export interface Ahead extends SavedStep {
  /** Whether that it is so is not yet known to the server. */
  isWaiting: boolean;
}

export function ahead(steps: readonly SavedStep[], entries: readonly Entry[]): Ahead[] {
  const states = new Map<string, StepState>();
  for (const { operation, input } of entries) {
    const step = input["step"] as { topic: string; level: string } | undefined;
    const state = STATES[operation];
    if (step && state) states.set(`${step.topic}@${step.level}`, state);
  }
  return steps.map((step) => {
    const state = states.get(`${step.topic}@${step.level}`);
    return { ...step, state: state ?? step.state, ready: state === undefined ? step.ready : state === "OPEN" || state === "STARTED", isWaiting: state !== undefined };
  });
}
