/** What a learner asks: where they are, where to, and on which terms. The API's `RoadmapInput`, without what is as usual. */
import type { Proficiency, ResourceKind, RoadmapInput } from "../api/schema.generated";

export interface StepName {
  topic: string;
  level: Proficiency;
}

export interface Days {
  from: string;
  to: string;
}

export interface Question {
  from?: string | undefined;
  to?: string | undefined;
  goals: StepName[];
  skills: StepName[];
  /** What `from` implies and the learner does not know. */
  gaps: StepName[];
  prefer: string[];
  avoid: string[];
  hoursPerWeek: number;
  startOn?: string | undefined;
  finishBy?: string | undefined;
  pauses: Days[];
  languages: string[];
  freeOnly: boolean;
  preferKinds: ResourceKind[];
  excludeKinds: ResourceKind[];
  /** In US dollars. */
  budget?: number | undefined;
  /** What an hour of the learner's is worth, in US dollars. */
  hourValue: number;
}

export const USUAL: Question = {
  goals: [],
  skills: [],
  gaps: [],
  prefer: [],
  avoid: [],
  hoursPerWeek: 6,
  pauses: [],
  languages: ["en"],
  freeOnly: false,
  preferKinds: [],
  excludeKinds: [],
  hourValue: 20,
};

/** The API plans with no more. */
export const MOST_HOURS_PER_WEEK = 100;

export const stepName = ({ topic, level }: { topic: string; level: string }) => `${topic}@${level}`;

/** Whether there is anything to reach. */
export const hasTarget = (question: Question) => question.to !== undefined || question.goals.length > 0;

export function inputOf(question: Question): RoadmapInput {
  const { languages, freeOnly, preferKinds, excludeKinds, budget, hourValue, ...asked } = question;
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as typeof asked),
    resources: { languages, freeOnly, preferKinds, excludeKinds, hourValue, ...(budget !== undefined && { budget }) },
  };
}
