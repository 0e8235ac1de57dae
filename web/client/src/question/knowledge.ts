/**
 * What a learner knows, topic by topic: what the role they hold brings, corrected by them. Of a topic one level is held, the lower ones with it, so a
 * correction upwards is a skill and one downwards is a gap at the lowest level that is not held.
 */
import type { Proficiency } from "../api/schema.generated";
import { LEVELS } from "../format/format";
import type { Question, StepName } from "./question";

export interface TopicLevels {
  slug: string;
  title: string;
  /** Those that the topic has, lowest first. */
  levels: readonly Proficiency[];
}

export interface Known extends TopicLevels {
  /** The area it is shown under. */
  area: string;
  /** The level that the role brings. */
  assumed: Proficiency | undefined;
  /** The level that is held, after correction. */
  held: Proficiency | undefined;
}

const rank = (level: Proficiency | undefined) => (level === undefined ? -1 : LEVELS.indexOf(level));

const highest = (levels: readonly Proficiency[]): Proficiency | undefined =>
  levels.reduce<Proficiency | undefined>((best, level) => (rank(level) > rank(best) ? level : best), undefined);

interface Assumed {
  level: Proficiency;
  topic: { slug: string; title: string; area: { title: string }; steps: readonly { level: Proficiency }[] };
}

/** All topics that are known or were assumed to be, by area and title. */
export function knowledge(assumed: readonly Assumed[], question: Question, named: readonly TopicLevels[]): Known[] {
  const topics = new Map<string, Omit<Known, "held">>();
  for (const { level, topic } of assumed) {
    const before = topics.get(topic.slug)?.assumed;
    topics.set(topic.slug, {
      slug: topic.slug,
      title: topic.title,
      area: topic.area.title,
      levels: topic.steps.map((step) => step.level),
      assumed: rank(level) > rank(before) ? level : before,
    });
  }
  for (const { topic } of [...question.skills, ...question.gaps]) {
    const found = named.find(({ slug }) => slug === topic);
    if (!topics.has(topic)) {
      const levels = found?.levels ?? question.skills.filter((skill) => skill.topic === topic).map(({ level }) => level);
      topics.set(topic, { slug: topic, title: found?.title ?? topic, area: "", levels, assumed: undefined });
    }
  }
  const known = [...topics.values()].map((topic) => ({ ...topic, held: heldLevel(topic, question) }));
  return known.toSorted((one, other) => one.area.localeCompare(other.area) || one.title.localeCompare(other.title));
}

/** The level of a topic that is held by what is assumed and corrected. */
function heldLevel({ slug, levels, assumed }: Omit<Known, "held">, question: Question): Proficiency | undefined {
  const said = highest(question.skills.filter(({ topic }) => topic === slug).map(({ level }) => level));
  const gap = question.gaps.filter(({ topic }) => topic === slug).map(({ level }) => rank(level));
  const left = gap.length === 0 ? assumed : highest(levels.filter((level) => rank(level) < Math.min(...gap) && rank(level) <= rank(assumed)));
  return rank(said) > rank(left) ? said : left;
}

/** The question with a topic held at another level; at none where that is not given. */
export function hold(topic: Omit<Known, "held">, level: Proficiency | undefined, question: Question): Pick<Question, "skills" | "gaps"> {
  const others = (steps: StepName[]) => steps.filter((step) => step.topic !== topic.slug);
  const skills = others(question.skills);
  const gaps = others(question.gaps);
  if (level === topic.assumed) return { skills, gaps };
  if (level !== undefined && rank(level) > rank(topic.assumed)) return { skills: [...skills, { topic: topic.slug, level }], gaps };
  const lowest = topic.levels.find((other) => rank(other) > rank(level));
  return { skills, gaps: lowest === undefined ? gaps : [...gaps, { topic: topic.slug, level: lowest }] };
}
