/** Small plans for tests: a step is written as its name, its milestone, and what it needs. */
import { linked, type Plan, type PlanStep } from "../model";

type Written = [key: string, milestone: number, ...needs: string[]];

export function planOfSteps(...written: Written[]): Plan {
  const steps = written.map(([key, milestone, ...needs], index): PlanStep => stepOf(key, milestone, needs, index + 1));
  const milestones = [...new Set(steps.map(({ milestone }) => milestone))].map((index) => ({
    index,
    title: `Milestone ${index}`,
    hours: 1,
    startsOn: "2026-01-01",
    arrivesOn: "2026-12-31",
    steps: steps.filter(({ milestone }) => milestone === index),
  }));
  return linked({
    from: null,
    to: null,
    hours: steps.length,
    lowerBoundHours: steps.length,
    provenMinimal: true,
    startsOn: "2026-01-01",
    finishesOn: "2026-12-31",
    hoursPerWeek: 6,
    finishBy: null,
    fits: true,
    neededHoursPerWeek: null,
    kept: undefined,
    assumed: [],
    milestones,
  });
}

function stepOf(key: string, milestone: number, needs: string[], position: number): PlanStep {
  return {
    key,
    position,
    topic: key,
    level: "WORKING",
    title: key,
    area: "Area",
    outcome: "Does it.",
    hours: 1,
    weight: 1,
    value: 1,
    milestone,
    startsOn: "2026-01-01",
    finishesOn: "2026-01-07",
    deferred: false,
    critical: false,
    slackHours: 0,
    needs,
    unlocks: [],
  };
}
