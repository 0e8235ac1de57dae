/** Steps that follow each other for the same milestone. What does not fit by the learner's last day makes one of its own: it comes after all that is kept. */
import type { PlanStep } from "../model";

export interface Stretch {
  key: string;
  milestone: number;
  isLater: boolean;
  /** Whether the milestone is reached at its end. */
  isLast: boolean;
  startsOn: string;
  finishesOn: string;
  steps: PlanStep[];
}

export function stretchesOf(steps: readonly PlanStep[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const step of steps) {
    const last = stretches.at(-1);
    if (last && last.milestone === step.milestone && last.isLater === step.deferred) {
      last.steps.push(step);
      last.finishesOn = step.finishesOn;
      continue;
    }
    const { key, milestone, deferred, startsOn, finishesOn } = step;
    stretches.push({ key, milestone, isLater: deferred, isLast: false, startsOn, finishesOn, steps: [step] });
  }
  return stretches.map((stretch, index) => ({ ...stretch, isLast: !stretches.slice(index + 1).some(({ milestone }) => milestone === stretch.milestone) }));
}
