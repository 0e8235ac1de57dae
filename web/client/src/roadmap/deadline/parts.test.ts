import { expect, test } from "vitest";
import { planOfSteps } from "../graph/sample";
import { divided } from "./parts";

test("what is kept and what is left for later come to all of it", () => {
  const { steps } = planOfSteps(["a", 0], ["b", 0, "a"], ["c", 0]);
  const told = [
    { hours: 8, value: 24, deferred: false, finishesOn: "2027-01-10" },
    { hours: 4, value: 0, deferred: false, finishesOn: "2027-01-20" },
    { hours: 40, value: 40, deferred: true, finishesOn: "2027-03-01" },
  ].map((facts, index) => ({ ...(steps[index] ?? steps[0]), ...facts })) as typeof steps;
  const { kept, later, value } = divided(told);
  expect(kept).toMatchObject({ hours: 12, value: 24, lastDay: "2027-01-20" });
  expect(later).toMatchObject({ hours: 40, value: 40, lastDay: "2027-03-01" });
  expect(value).toBe(64);
});

test("nothing that is kept has no last day", () => {
  expect(divided([])).toMatchObject({ kept: { steps: [], hours: 0, lastDay: undefined }, value: 0 });
});
