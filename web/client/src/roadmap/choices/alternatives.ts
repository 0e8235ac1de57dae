/** Choices and alternatives in the order in which they are worth a look, and the question with another one taken. */
import type { Question } from "../../question/question";
import type { ChoicesQuery } from "../choices.generated";
import { keyOf } from "../names";

export type Choice = NonNullable<ChoicesQuery["roadmap"]>["choices"][number];
export type Alternative = Choice["alternatives"][number];

const cost = ({ extraHours }: Alternative) => extraHours ?? Infinity;

/** All that are not taken, the cheapest first. */
export function alternativesOf({ taken, alternatives }: Choice): Alternative[] {
  return alternatives.filter(({ step }) => keyOf(step) !== keyOf(taken)).toSorted((one, other) => cost(one) - cost(other));
}

/** Each decision once, the ones with the most ways first, then by how near the nearest is; apart from those that leave no other way. */
export function orderOf(choices: readonly Choice[]): { open: Choice[]; settled: Choice[] } {
  const once = new Map(choices.map((choice) => [signatureOf(choice), choice]));
  const sorted = [...once.values()].toSorted((one, other) => ways(other) - ways(one) || nearest(one) - nearest(other));
  return { open: sorted.filter((choice) => nearest(choice) < Infinity), settled: sorted.filter((choice) => nearest(choice) === Infinity) };
}

const ways = (choice: Choice) => alternativesOf(choice).filter(({ extraHours }) => extraHours !== null).length;
const nearest = (choice: Choice) => Math.min(Infinity, ...alternativesOf(choice).map(cost));
/** The same for the same decision. */
export const signatureOf = ({ taken, alternatives }: Choice) => [keyOf(taken), ...alternatives.map(({ step }) => keyOf(step)).toSorted()].join(" ");

/** What changes about a question when one topic of a choice is taken instead of the others. */
export function taking({ prefer, avoid }: Pick<Question, "prefer" | "avoid">, { alternatives }: Choice, topic: string): Pick<Question, "prefer" | "avoid"> {
  const offered = new Set(alternatives.map(({ step }) => step.topic.slug));
  return { prefer: [...prefer.filter((slug) => !offered.has(slug)), topic], avoid: avoid.filter((slug) => slug !== topic) };
}
