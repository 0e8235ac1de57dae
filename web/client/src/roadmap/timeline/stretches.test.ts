import { expect, test } from "vitest";
import { planOfSteps } from "../graph/sample";
import { stretchesOf } from "./stretches";

test("what is left for later is a stretch of its own, and only the last one of a milestone reaches it", () => {
  const { steps } = planOfSteps(["a", 0], ["b", 0], ["c", 1], ["d", 0], ["e", 1]);
  const deferred = steps.map((step, index) => ({ ...step, deferred: index > 2 }));
  expect(stretchesOf(deferred).map(({ milestone, isLater, isLast, steps: some }) => [milestone, isLater, isLast, some.map(({ key }) => key).join("")])).toEqual([
    [0, false, false, "ab"],
    [1, false, false, "c"],
    [0, true, true, "d"],
    [1, true, true, "e"],
  ]);
});
