import { describe, expect, it } from "vitest";
import { mondayOf, weeksOf } from "./weeks-shape";

describe("the hours of each week", () => {
  it("counts weeks from Monday", () => {
    expect(["2026-11-29", "2026-11-30", "2026-12-06"].map(mondayOf)).toEqual(["2026-11-23", "2026-11-30", "2026-11-30"]);
  });

  it("adds up, and has the weeks without any between", () => {
    const entries = [
      { day: "2026-11-29", hours: 2 },
      { day: "2026-11-23", hours: 1 },
      { day: "2026-11-10", hours: 4 },
    ];
    expect(weeksOf(entries, "2026-11-30", 12)).toEqual([
      { monday: "2026-11-09", hours: 4 },
      { monday: "2026-11-16", hours: 0 },
      { monday: "2026-11-23", hours: 3 },
      { monday: "2026-11-30", hours: 0 },
    ]);
    expect(weeksOf(entries, "2026-11-30", 2).map(({ hours }) => hours)).toEqual([3, 0]);
  });

  it("leaves out a week of which not all is known", () => {
    const entries = [
      { day: "2026-11-26", hours: 2 },
      { day: "2026-11-19", hours: 1 },
    ];
    expect(weeksOf(entries, "2026-11-29", 12, "2026-11-19")).toEqual([{ monday: "2026-11-23", hours: 2 }]);
  });

  it("is nothing without entries", () => {
    expect(weeksOf([], "2026-11-29", 12)).toEqual([]);
  });
});
