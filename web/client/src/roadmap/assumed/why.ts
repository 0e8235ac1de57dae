/** Why a step is taken as known: a role that the learner holds asks for it, or something that they know needs it. */
import type { Proficiency } from "../../api/schema.generated";
import { LEVELS } from "../../format/format";
import type { Question } from "../../question/question";
import type { KnowingFragment, WhyAssumedQuery } from "../assumed.generated";
import { keyOf, nameOf } from "../names";

type Role = WhyAssumedQuery["roles"][number];

export type Because =
  /** A role at or below the one that is held asks for it, or for one of `others` more. */
  | { by: "role"; title: string; isHeld: boolean; weight: number; others: number }
  /** A step that is known needs it, or one of `others` more. */
  | { by: "step"; name: string; others: number };

interface Grounds {
  roles: readonly Role[];
  /** What is known, assumed or said. */
  known: readonly KnowingFragment[];
}

/** Roles first, then steps of other topics, then the higher level of its own. */
export function whyAssumed(step: { topic: string; level: Proficiency }, from: string | undefined, { roles, known }: Grounds): Because[] {
  const key = `${step.topic}@${step.level}`;
  const offers = ({ anyOf }: { anyOf: readonly Parameters<typeof keyOf>[0][] }) => anyOf.some((one) => keyOf(one) === key);
  const byRoles = ladderDown(roles, from).flatMap(({ slug, title, requires }) =>
    requires.filter(offers).map(({ weight, anyOf }): Because => ({ by: "role", title, isHeld: slug === from, weight, others: anyOf.length - 1 })),
  );
  const isOwn = ({ topic }: KnowingFragment) => topic.slug === step.topic;
  const inOrder = [...known.filter((one) => !isOwn(one)), ...known.filter(isOwn)];
  const bySteps = inOrder.flatMap((one) => {
    const found = one.requires.find(offers);
    return found ? [{ by: "step" as const, name: nameOf(one), others: found.anyOf.length - 1 }] : [];
  });
  return [...byRoles, ...bySteps];
}

/** A role and all that it comes after. */
function ladderDown(roles: readonly Role[], from: string | undefined): Role[] {
  const way: Role[] = [];
  for (let slug = from; slug !== undefined; ) {
    const role = roles.find((one) => one.slug === slug);
    if (!role || way.includes(role)) break;
    way.push(role);
    slug = role.after?.slug;
  }
  return way;
}

/** The steps that are known: the assumed ones, and those that were said, with their lower levels. */
export function knownSteps({ roadmap, topics }: Pick<WhyAssumedQuery, "roadmap" | "topics">, skills: Question["skills"]): KnowingFragment[] {
  const isSaid = ({ topic, level }: KnowingFragment) => skills.some((skill) => skill.topic === topic.slug && LEVELS.indexOf(skill.level) >= LEVELS.indexOf(level));
  const known = [...topics.nodes.flatMap(({ steps }) => steps.filter(isSaid)), ...(roadmap?.assumed ?? [])];
  return [...new Map(known.map((step) => [keyOf(step), step])).values()];
}
