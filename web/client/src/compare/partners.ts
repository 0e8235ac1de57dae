/** What a roadmap is worth being held beside: other roles within reach, another technology, free resources only, more time. */
import { showNumber } from "../format/format";
import { MOST_HOURS_PER_WEEK, type Question } from "../question/question";
import { alternativesOf, orderOf, taking, type Choice } from "../roadmap/choices/alternatives";

export interface Rung {
  slug: string;
  title: string;
  after: { slug: string } | null;
}

export interface Partner {
  label: string;
  question: Question;
}

const MOST_ROLES = 5;
const MOST_TECHNOLOGIES = 3;

export function partnersOf(question: Question, roles: readonly Rung[], choices: readonly Choice[]): Partner[] {
  return [...otherRoles(question, roles), ...otherTechnologies(question, choices), otherPrices(question), ...moreTime(question)];
}

/** Those that follow the same role as the target, and those that follow the target. */
function otherRoles(question: Question, roles: readonly Rung[]): Partner[] {
  const target = roles.find(({ slug }) => slug === question.to);
  if (!target) return [];
  const near = roles.filter(({ slug, after }) => slug !== target.slug && slug !== question.from && (after?.slug === target.after?.slug || after?.slug === target.slug));
  return near.slice(0, MOST_ROLES).map(({ slug, title }) => ({ label: title, question: { ...question, to: slug } }));
}

/** The nearest alternatives of the decision with the most ways. */
function otherTechnologies(question: Question, choices: readonly Choice[]): Partner[] {
  const [greatest] = orderOf(choices).open;
  if (!greatest) return [];
  return alternativesOf(greatest)
    .filter(({ extraHours }) => extraHours !== null)
    .slice(0, MOST_TECHNOLOGIES)
    .map(({ step: { topic } }) => ({ label: `With ${topic.title}`, question: { ...question, ...taking(question, greatest, topic.slug) } }));
}

function otherPrices(question: Question): Partner {
  return question.freeOnly
    ? { label: "Resources at any price", question: { ...question, freeOnly: false } }
    : { label: "Free resources only", question: { ...question, freeOnly: true } };
}

function moreTime(question: Question): Partner[] {
  const hoursPerWeek = 2 * question.hoursPerWeek;
  if (hoursPerWeek > MOST_HOURS_PER_WEEK) return [];
  return [{ label: `${showNumber(hoursPerWeek)} hours a week`, question: { ...question, hoursPerWeek } }];
}
