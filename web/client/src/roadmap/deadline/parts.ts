/** The steps that are kept and those that are left for later, each with what they come to. */
import type { PlanStep } from "../model";

export interface Part {
  steps: PlanStep[];
  hours: number;
  value: number;
  /** The day in which the last of them ends; not there if there is none. */
  lastDay: string | undefined;
}

export function divided(steps: readonly PlanStep[]): { kept: Part; later: Part; value: number } {
  const kept = partOf(steps.filter(({ deferred }) => !deferred));
  const later = partOf(steps.filter(({ deferred }) => deferred));
  return { kept, later, value: kept.value + later.value };
}

function partOf(steps: PlanStep[]): Part {
  const sum = (of: (step: PlanStep) => number) => steps.reduce((total, step) => total + of(step), 0);
  const lastDay = steps.map(({ finishesOn }) => finishesOn).toSorted().at(-1);
  return { steps, hours: sum(({ hours }) => hours), value: sum(({ value }) => value), lastDay };
}
