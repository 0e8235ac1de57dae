import { describe, expect, test } from "vitest";
import type { Proficiency } from "../../api/schema.generated";
import { knownSteps, whyAssumed } from "./why";

const step = (slug: string, level: Proficiency = "WORKING") => ({ level, topic: { slug, title: slug.toUpperCase() } });
const knowing = (slug: string, level: Proficiency, ...needs: string[][]) => ({
  ...step(slug, level),
  requires: needs.map((slugs) => ({ anyOf: slugs.map((one) => step(one)) })),
});
const role = (slug: string, after: string | null, ...requires: [weight: number, ...slugs: string[]][]) => ({
  slug,
  title: slug.toUpperCase(),
  after: after === null ? null : { slug: after },
  requires: requires.map(([weight, ...slugs]) => ({ weight, anyOf: slugs.map((one) => step(one)) })),
});

const ROLES = [role("senior", "mid", [3, "java"]), role("mid", "entry", [2, "java", "go"]), role("entry", null, [1, "git"])];
const why = (slug: string, from: string | undefined, ...known: ReturnType<typeof knowing>[]) => whyAssumed({ topic: slug, level: "WORKING" }, from, { roles: ROLES, known });

describe("a step is taken as known", () => {
  test("because the role that is held asks for it, or one below it, and no role above", () => {
    expect(why("java", "mid")).toEqual([{ by: "role", title: "MID", isHeld: true, weight: 2, others: 1 }]);
    expect(why("git", "mid")).toEqual([{ by: "role", title: "ENTRY", isHeld: false, weight: 1, others: 0 }]);
    expect(why("git", undefined)).toEqual([]);
  });

  test("because something that is known needs it: its own higher level last", () => {
    const known = [knowing("java", "PROFICIENT", ["java"]), knowing("spring", "WORKING", ["http"], ["java", "kotlin"])];
    expect(why("java", undefined, ...known)).toEqual([
      { by: "step", name: "SPRING, working", others: 1 },
      { by: "step", name: "JAVA, proficient", others: 0 },
    ]);
  });
});

test("what is said is known with its lower levels, and no higher ones", () => {
  const steps = [knowing("java", "WORKING"), knowing("java", "PROFICIENT"), knowing("java", "EXPERT")];
  const known = knownSteps({ roadmap: { assumed: [knowing("git", "WORKING")] }, topics: { nodes: [{ steps }] } }, [{ topic: "java", level: "PROFICIENT" }]);
  expect(known.map(({ topic, level }) => `${topic.slug} ${level}`)).toEqual(["java WORKING", "java PROFICIENT", "git WORKING"]);
});
