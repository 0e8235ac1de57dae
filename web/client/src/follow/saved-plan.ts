/** A kept roadmap as the views draw it, and the question that it is the answer to. */
import { USUAL, stepName, type Question } from "../question/question";
import { linked, type Plan, type PlanMilestone, type PlanStep } from "../roadmap/model";
import { ownWeight, type Weights } from "../roadmap/weights";
import { slackOf } from "./slack";
import type { SavedFragment, StepsPageFragment } from "./saved.generated";

export type Saved = SavedFragment;
export type SavedStep = StepsPageFragment["nodes"][number];
type Version = Pick<Saved["version"], "hours" | "lowerBoundHours" | "provenMinimal" | "startsOn" | "finishesOn" | "fits">;
type Role = { slug: string; title: string } | null;

export interface Kept {
  from: Role;
  to: Role;
  version: Version;
  hoursPerWeek?: number;
  finishBy?: string | null;
}

export function planOfSaved({ from, to, version, hoursPerWeek, finishBy }: Kept, steps: readonly SavedStep[], weights: Weights): Plan {
  const slack = slackOf(steps.map((step) => ({ key: stepName(step), hours: step.hours, needs: step.needs.map(stepName) })));
  const milestones: PlanMilestone[] = [];
  for (const step of steps) {
    const title = step.role?.title ?? "Your goals";
    // Steps that are left for later stand behind the other milestones.
    const known = milestones.find((milestone) => milestone.title === title);
    const milestone = known ?? { index: milestones.length, title, hours: 0, startsOn: step.startsOn, arrivesOn: step.finishesOn, steps: [] };
    if (!known) milestones.push(milestone);
    milestone.hours += step.hours;
    milestone.arrivesOn = step.finishesOn;
    milestone.steps.push(planStepOf(step, milestone.index, slack.get(stepName(step)) ?? 0, weights));
  }
  return linked({
    from,
    to,
    hours: version.hours,
    lowerBoundHours: version.lowerBoundHours,
    provenMinimal: version.provenMinimal,
    startsOn: version.startsOn,
    finishesOn: version.finishesOn,
    hoursPerWeek: hoursPerWeek ?? 0,
    finishBy: finishBy ?? null,
    fits: version.fits,
    neededHoursPerWeek: null,
    kept: undefined,
    assumed: [],
    milestones,
  });
}

function planStepOf(step: SavedStep, milestone: number, slackHours: number, weights: Weights): PlanStep {
  return {
    key: stepName(step),
    position: step.position,
    topic: step.topic,
    level: step.level,
    // What the catalogue does not have any more keeps its slug.
    title: step.step?.topic.title ?? step.topic,
    area: step.step?.topic.area.title ?? "",
    outcome: step.step?.outcome ?? "This step is not in the catalogue any more.",
    hours: step.hours,
    weight: ownWeight(weights, { topic: { slug: step.topic }, level: step.level }, step.weight),
    value: step.weight * step.hours,
    milestone,
    startsOn: step.startsOn,
    finishesOn: step.finishesOn,
    deferred: step.deferred,
    critical: slackHours === 0,
    slackHours,
    needs: step.needs.map(stepName),
    unlocks: [],
    state: step.state,
    ready: step.ready,
  };
}

function resourceWishesOf(wishes: Saved["input"]["resources"]) {
  const { languages, freeOnly, preferKinds, excludeKinds, budget, hourValue } = wishes ?? USUAL;
  return { languages, freeOnly, preferKinds, excludeKinds, budget: budget ?? undefined, hourValue };
}

export function questionOf({ from, to, goals, skills, gaps, prefer, avoid, startOn, finishBy, hoursPerWeek, pauses, resources }: Saved["input"]): Question {
  const names = (steps: Saved["input"]["goals"]) => steps.map(({ topic, level }) => ({ topic: topic.slug, level }));
  const slugs = (topics: { slug: string }[]) => topics.map(({ slug }) => slug);
  return {
    from: from?.slug,
    to: to?.slug,
    goals: names(goals),
    skills: names(skills),
    gaps: names(gaps),
    prefer: slugs(prefer),
    avoid: slugs(avoid),
    hoursPerWeek,
    startOn: startOn ?? undefined,
    finishBy: finishBy ?? undefined,
    pauses: pauses.map((pause) => ({ from: pause.from, to: pause.to })),
    ...resourceWishesOf(resources),
  };
}
