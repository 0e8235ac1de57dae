/** What two questions differ in, in words. */
import { showDay, showStep, showList, showMoney, showNumber } from "../format/format";
import type { Question } from "../question/question";

/** What slugs are called: roles and topics. */
export type TitleOf = (slug: string) => string;

type Said = (question: Question, titleOf: TitleOf) => string | undefined;

const many = (before: string, items: string[]) => (items.length === 0 ? undefined : `${before} ${showList(items)}`);
const kinds = (items: string[]) => items.map((kind) => kind.toLowerCase());

/** How each part of a question is said; nothing where it says nothing. */
const PARTS: Said[] = [
  ({ from }, titleOf) => (from === undefined ? "from the beginning" : `from ${titleOf(from)}`),
  ({ goals }, titleOf) => many("also to", goals.map(({ topic, level }) => showStep(titleOf(topic), level))),
  ({ skills }, titleOf) => many("knowing", skills.map(({ topic }) => titleOf(topic))),
  ({ gaps }, titleOf) => many("without knowing", gaps.map(({ topic }) => titleOf(topic))),
  ({ prefer }, titleOf) => many("preferring", prefer.map(titleOf)),
  ({ avoid }, titleOf) => many("without", avoid.map(titleOf)),
  ({ hoursPerWeek }) => `${showNumber(hoursPerWeek)} hours a week`,
  ({ startOn }) => startOn && `from ${showDay(startOn)}`,
  ({ finishBy }) => finishBy && `by ${showDay(finishBy)}`,
  ({ pauses }) => (pauses.length === 0 ? undefined : `${showNumber(pauses.length)} ${pauses.length === 1 ? "pause" : "pauses"}`),
  ({ freeOnly }) => (freeOnly ? "free resources only" : "resources at any price"),
  ({ budget }) => (budget === undefined ? undefined : `resources for ${showMoney(budget)} at most`),
  ({ languages }) => many("resources in", languages),
  ({ preferKinds }) => many("rather by", kinds(preferKinds)),
  ({ excludeKinds }) => many("not by", kinds(excludeKinds)),
  ({ hourValue }) => `${showMoney(hourValue)} for an hour`,
];

/** What is said of the first question and not of the other. */
export function differencesOf(question: Question, other: Question, titleOf: TitleOf): string[] {
  return PARTS.flatMap((said) => {
    const text = said(question, titleOf);
    return text !== undefined && text !== said(other, titleOf) ? [text] : [];
  });
}

/** All topics that two questions speak of. */
export const topicsOf = (...questions: Question[]): string[] => [
  ...new Set(questions.flatMap(({ goals, skills, gaps, prefer, avoid }) => [...[...goals, ...skills, ...gaps].map(({ topic }) => topic), ...prefer, ...avoid])),
];
