/** What is next over several roadmaps: a step that more than one of them has is learned once for all of them. */
import { stepName } from "../question/question";
import type { Proficiency, StepState } from "../api/schema.generated";

interface NextStep {
  topic: string;
  level: Proficiency;
  state: StepState;
}

interface Followed<Step> {
  id: string;
  title: string;
  next: readonly Step[];
}

export interface Across<Step> {
  key: string;
  step: Step;
  /** The roadmaps that it is next on, the first one of which is where it is done. */
  roadmaps: { id: string; title: string }[];
}

/** What has been begun first, then what serves the most roadmaps, then in turn from each. */
export function nextAcross<Step extends NextStep>(roadmaps: readonly Followed<Step>[], count: number): Across<Step>[] {
  const found = new Map<string, Across<Step>>();
  const longest = Math.max(0, ...roadmaps.map(({ next }) => next.length));
  for (let turn = 0; turn < longest; turn++) {
    for (const { id, title, next } of roadmaps) {
      const step = next[turn];
      if (!step) continue;
      const key = stepName(step);
      const before = found.get(key);
      if (!before) found.set(key, { key, step, roadmaps: [{ id, title }] });
      else if (step.state === "STARTED" && before.step.state !== "STARTED") found.set(key, { key, step, roadmaps: [{ id, title }, ...before.roadmaps] });
      else before.roadmaps.push({ id, title });
    }
  }
  const rank = ({ step }: Across<Step>) => (step.state === "STARTED" ? 0 : 1);
  return [...found.values()].toSorted((one, other) => rank(one) - rank(other) || other.roadmaps.length - one.roadmaps.length).slice(0, count);
}
