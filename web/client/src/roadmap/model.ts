/** A roadmap as the views draw it, whether it was just computed or is kept and followed. */
import { stepName } from "../question/question";
import type { Proficiency, StepState } from "../api/schema.generated";
import { assumedTopics, type AssumedTopic } from "./assumed/topics";
import type { RoadmapQuery } from "./roadmap.generated";
import { ownWeight, weightsOf } from "./weights";

export interface PlanStep {
  /** `topic@LEVEL`: what a step is called in addresses, and what it is found by. */
  key: string;
  /** Its place in the order, from 1. */
  position: number;
  topic: string;
  level: Proficiency;
  title: string;
  area: string;
  /** What one can do after it. */
  outcome: string;
  hours: number;
  /** The weight of the weightiest requirement that it is taken for, from 1 to 3; 0 if it is only a means. */
  weight: number;
  /** The weights of all that it is taken for, times its hours: what is kept if not everything fits goes by it. */
  value: number;
  /** The index of its milestone. */
  milestone: number;
  startsOn: string;
  finishesOn: string;
  deferred: boolean;
  /** Whether it is on the longest chain: what it takes longer, everything takes longer. */
  critical: boolean;
  slackHours: number;
  /** The keys of the steps that it needs right before it, and of those that need it. */
  needs: string[];
  unlocks: string[];
  /** How far the learner is; not there where the roadmap is not followed. */
  state?: StepState;
  ready?: boolean;
}

export interface PlanMilestone {
  index: number;
  title: string;
  hours: number;
  startsOn: string;
  arrivesOn: string;
  steps: PlanStep[];
}

export interface Kept {
  value: number;
  /** No set of steps that fits is worth more. */
  upperBound: number;
  isProven: boolean;
}

export interface Plan {
  from: { slug: string; title: string } | null;
  to: { slug: string; title: string } | null;
  hours: number;
  lowerBoundHours: number;
  provenMinimal: boolean;
  startsOn: string;
  finishesOn: string;
  hoursPerWeek: number;
  finishBy: string | null;
  fits: boolean;
  neededHoursPerWeek: number | null;
  /** The value of what fits by the last day; not there for a kept roadmap, which does not record it. */
  kept: Kept | undefined;
  /** What the learner is taken to know without having said so, topic by topic; empty if the roadmap does not tell. */
  assumed: readonly AssumedTopic[];
  milestones: PlanMilestone[];
  /** All steps, in order. */
  steps: PlanStep[];
  byKey: ReadonlyMap<string, PlanStep>;
}

type Answer = NonNullable<RoadmapQuery["roadmap"]>;

export function planOf(answer: Answer): Plan {
  const keys = new Map<number, string>();
  for (const { steps } of answer.milestones) {
    for (const { position, step } of steps) keys.set(position, stepName({ topic: step.topic.slug, level: step.level }));
  }
  const keyOf = (position: number) => keys.get(position) ?? "";
  const weights = weightsOf(answer.milestones.flatMap(({ role }) => role ?? []));
  const milestones = answer.milestones.map((milestone, index) => ({
    index,
    title: milestone.title,
    hours: milestone.hours,
    startsOn: milestone.startsOn,
    arrivesOn: milestone.arrivesOn,
    steps: milestone.steps.map(({ step, needs, weight, ...rest }): PlanStep => ({
      ...rest,
      weight: ownWeight(weights, step, weight),
      key: keyOf(rest.position),
      topic: step.topic.slug,
      level: step.level,
      title: step.topic.title,
      area: step.topic.area.title,
      outcome: step.outcome,
      hours: step.hours,
      milestone: index,
      needs: needs.map(({ position }) => keyOf(position)),
      unlocks: [],
    })),
  }));
  const { startsOn, finishesOn, hoursPerWeek, finishBy, fits, neededHoursPerWeek, keptValue, upperBoundValue, provenLargest } = answer.schedule;
  return linked({
    from: answer.from,
    to: answer.to,
    hours: answer.hours,
    lowerBoundHours: answer.lowerBoundHours,
    provenMinimal: answer.provenMinimal,
    startsOn,
    finishesOn,
    hoursPerWeek,
    finishBy,
    fits,
    neededHoursPerWeek,
    kept: { value: keptValue, upperBound: upperBoundValue, isProven: provenLargest },
    assumed: assumedTopics(answer.assumed, answer.assumedChoices),
    milestones,
  });
}

/** With all steps at hand, and each told which ones need it. */
export function linked(plan: Omit<Plan, "steps" | "byKey">): Plan {
  const steps = plan.milestones.flatMap((milestone) => milestone.steps).toSorted((one, other) => one.position - other.position);
  const byKey = new Map(steps.map((step) => [step.key, step]));
  for (const step of steps) step.unlocks = [];
  for (const step of steps) {
    for (const needed of step.needs) byKey.get(needed)?.unlocks.push(step.key);
  }
  return { ...plan, steps, byKey };
}
