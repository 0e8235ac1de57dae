/**
 * What the learner is taken to know, topic by topic, with the question that an assumption raises if it had alternatives: who holds a role uses some
 * language, and the roadmap assumed which.
 */
import type { Proficiency } from "../../api/schema.generated";
import { LEVELS } from "../../format/format";
import type { Question } from "../../question/question";
import { keyOf } from "../names";
import type { RoadmapQuery } from "../roadmap.generated";

type Answer = NonNullable<RoadmapQuery["roadmap"]>;
type Assumption = Answer["assumed"][number];
type AssumedChoice = Answer["assumedChoices"][number];

export interface Alternative {
  topic: string;
  title: string;
  level: Proficiency;
}

export interface AssumedTopic {
  topic: string;
  title: string;
  area: { slug: string; title: string };
  /** The highest level that is assumed. */
  level: Proficiency;
  /** Those that the topic has, lowest first. */
  levels: Proficiency[];
  /** The keys of all steps of the topic that are assumed. */
  keys: string[];
  /** What could as well have been assumed, with the topic itself, the most used first; empty if nothing else could. */
  alternatives: Alternative[];
}

/** An alternative that assumes so many hours more, at most, is about as likely: nobody learned JavaScript because it takes less than Scala. */
const AS_LIKELY = 10;

const rank = (level: Proficiency) => LEVELS.indexOf(level);

/** Topics whose assumption had alternatives first, in the order in which they are worth asking about, then the others by area and title. */
export function assumedTopics(assumed: readonly Assumption[], choices: readonly AssumedChoice[]): AssumedTopic[] {
  const topics = new Map<string, AssumedTopic>();
  for (const step of assumed) {
    const { level, topic } = step;
    const known = topics.get(topic.slug);
    topics.set(topic.slug, {
      topic: topic.slug,
      title: topic.title,
      area: topic.area,
      level: known && rank(known.level) > rank(level) ? known.level : level,
      levels: topic.steps.map((one) => one.level),
      keys: [...(known?.keys ?? []), keyOf(step)],
      alternatives: [],
    });
  }
  const asked = new Map<string, AssumedTopic>();
  for (const slug of new Set(choices.map(({ taken }) => taken.topic.slug))) {
    const topic = topics.get(slug);
    const alternatives = alternativesOf(choices.filter(({ taken }) => taken.topic.slug === slug));
    if (topic && alternatives.length > 0) asked.set(slug, { ...topic, alternatives });
  }
  const others = [...topics.values()].filter(({ topic }) => !asked.has(topic));
  return [...asked.values(), ...others.toSorted((one, other) => one.area.title.localeCompare(other.area.title) || one.title.localeCompare(other.title))];
}

/** Several requirements may have led to the same topic: of those that ask for most of it, the weightiest says what else could have been meant. */
function alternativesOf(choices: readonly AssumedChoice[]): Alternative[] {
  const [most] = choices.toSorted(
    (one, other) =>
      rank(other.taken.level) - rank(one.taken.level) || other.requirement.weight - one.requirement.weight || other.alternatives.length - one.alternatives.length,
  );
  const possible = (most?.alternatives ?? []).filter(({ extraHours }) => extraHours !== null);
  if (possible.filter(({ extraHours }) => (extraHours ?? Infinity) <= AS_LIKELY).length < 2) return [];
  const sorted = possible.map(({ step }) => step).toSorted((one, other) => other.topic.popularity - one.topic.popularity || one.topic.title.localeCompare(other.topic.title));
  return sorted.map(({ topic, level }) => ({ topic: topic.slug, title: topic.title, level }));
}

/** What changes about a question when the learner says which of the alternatives they know. */
export function answering({ skills, gaps, avoid }: Question, { topic, level }: Alternative): Pick<Question, "skills" | "gaps" | "avoid"> {
  return {
    skills: [...skills.filter((skill) => skill.topic !== topic), { topic, level }],
    gaps: gaps.filter((gap) => gap.topic !== topic),
    avoid: avoid.filter((slug) => slug !== topic),
  };
}

/** What is asked about an assumption that had alternatives. The areas are those of the catalogue that comes with the server; others are asked in general. */
const ASKED: Record<string, string> = {
  languages: "Which language do you work in?",
  frameworks: "Which framework do you work with?",
};

export const questionAbout = ({ area }: Pick<AssumedTopic, "area">, otherwise = "Which of these do you know?") => ASKED[area.slug] ?? otherwise;
