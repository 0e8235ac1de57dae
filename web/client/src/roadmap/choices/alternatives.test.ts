import { describe, expect, test } from "vitest";
import { alternativesOf, orderOf, taking, type Choice } from "./alternatives";

const step = (slug: string) => ({ level: "WORKING" as const, topic: { slug, title: slug } });
const choice = (taken: string, costs: Record<string, number | null>): Choice => ({
  taken: step(taken),
  alternatives: Object.entries(costs).map(([slug, extraHours]) => ({ extraHours, step: step(slug) })),
});

test("what is not taken is listed by what it costs, and what can't be taken last", () => {
  const listed = alternativesOf(choice("a", { a: 0, b: null, c: 12, d: 4 }));
  expect(listed.map((one) => one.step.topic.slug)).toEqual(["d", "c", "b"]);
});

test("decisions come once, those with the most ways first, then the nearest, and those without any apart", () => {
  const many = choice("g", { g: 0, h: 50, i: 60 });
  const near = choice("a", { a: 0, b: 1 });
  const far = choice("c", { c: 0, d: 90 });
  const none = choice("e", { e: 0, f: null });
  const { open, settled } = orderOf([far, none, near, many, choice("a", { b: 1, a: 0 })]);
  expect(open.map(({ taken }) => taken.topic.slug)).toEqual(["g", "a", "c"]);
  expect(settled.map(({ taken }) => taken.topic.slug)).toEqual(["e"]);
});

describe("taking an alternative", () => {
  test("prefers it to all others of the choice, and no longer avoids it", () => {
    const change = taking({ prefer: ["java", "aws"], avoid: ["azure", "php"] }, choice("aws", { aws: 0, azure: 1, "google-cloud": 1 }), "azure");
    expect(change).toEqual({ prefer: ["java", "azure"], avoid: ["php"] });
  });
});
