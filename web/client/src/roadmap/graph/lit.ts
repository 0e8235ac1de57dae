/** What hangs together with a step: all that it needs, and all that needs it, through however many others. */
import type { Plan, PlanStep } from "../model";

export interface Lit {
  hand: string;
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

export function litBy(plan: Plan, hand: string): Lit {
  return { hand, before: reached(plan, hand, ({ needs }) => needs), after: reached(plan, hand, ({ unlocks }) => unlocks) };
}

function reached({ byKey }: Plan, from: string, next: (step: PlanStep) => string[]): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const step = byKey.get(key);
    for (const other of step ? next(step) : []) {
      if (!seen.has(other)) open.push(other);
      seen.add(other);
    }
  }
  return seen;
}
