/** The words that roadmaps use in a sense of their own, explained as the pages explain them. */
import type { Proficiency } from "../api/schema.generated";

export const LEVEL_MEANINGS: Record<Proficiency, string> = {
  AWARE: "You can explain what it is, and recognise where it helps.",
  WORKING: "You use it day to day, with help in hard cases.",
  PROFICIENT: "You handle hard cases alone, and teach others.",
  EXPERT: "You set the direction for others, and know the internals.",
};

export const TERMS = {
  key: "A role on the way asks for it with weight 3, the greatest there is.",
  critical: "On the longest chain of steps that need each other. If it takes longer, so does the whole chain, in whatever order you learn the rest.",
  later: "Does not fit by your last day. It follows after that day, if you go on.",
  weight: "How much a role says that something matters: 1 belongs to the role, 2 matters much, 3 matters most. A goal of your own has weight 1.",
  value: "The weights of all that a step is asked for, times its hours. What is worth most comes early, and is kept if not everything fits. A step that only leads to others is worth nothing by itself.",
  assumed: "Nobody said it, but it follows from your role or from what you know. It is not planned, and you can correct it.",
  study: "Reading, watching or following the resource: as long as its part takes.",
  practice: "Doing it yourself until you can: the task, an exercise, your own work. Study and practice together are the hours of the step.",
  proven: "Searched to the end: it is certain that no other choice does better.",
} as const;
