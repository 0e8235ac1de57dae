import { expect, test } from "vitest";
import { ownWeight, weightsOf } from "./weights";

const step = (slug: string) => ({ level: "WORKING" as const, topic: { slug } });
const requirement = (weight: number, ...slugs: string[]) => ({ weight, anyOf: slugs.map(step) });

const weights = weightsOf([
  { slug: "senior", requires: [requirement(1, "git"), requirement(2, "caching", "queues")] },
  { slug: "architect", requires: [requirement(1, "git"), requirement(1, "caching"), requirement(3, "queues")] },
]);

test("a step weighs what its weightiest requirement weighs, never the sum", () => {
  expect(ownWeight(weights, step("git"), 2)).toBe(1);
  expect(ownWeight(weights, step("caching"), 3)).toBe(2);
});

test("a requirement that another step is taken for does not count", () => {
  expect(ownWeight(weights, step("queues"), 2)).toBe(2);
  expect(ownWeight(weights, step("queues"), 0)).toBe(0);
});

test("a means weighs nothing, and a goal of one's own 1", () => {
  expect(ownWeight(weights, step("http"), 0)).toBe(0);
  expect(ownWeight(weights, step("rust"), 1)).toBe(1);
});
