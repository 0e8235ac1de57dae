import { describe, expect, it } from "vitest";
import { slackOf } from "./slack";

const task = (key: string, hours: number, ...needs: string[]) => ({ key, hours, needs });

describe("the slack of steps", () => {
  it("is none along the longest chain, and what the others lack of it", () => {
    const slack = slackOf([task("a", 2), task("b", 3, "a"), task("c", 1, "a"), task("d", 4, "b", "c"), task("alone", 1)]);
    expect(Object.fromEntries(slack)).toEqual({ a: 0, b: 0, c: 2, d: 0, alone: 8 });
  });

  it("is none where decimal fractions add up to the same", () => {
    const slack = slackOf([task("a", 0.1), task("b", 0.2, "a"), task("c", 0.3)]);
    expect([...slack.values()]).toEqual([0, 0, 0]);
  });

  it("of nothing is nothing", () => {
    expect(slackOf([]).size).toBe(0);
  });
});
