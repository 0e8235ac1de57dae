import { describe, expect, it } from "vitest";
import { doneLine, lastOf, marksUpTo, pathOf, plannedLine, scaleOf } from "./burn-up-shape";

describe("the chart of hours", () => {
  it("adds up what was planned, by the days on which it was to be done", () => {
    const steps = [
      { hours: 4, finishesOn: "2026-01-10" },
      { hours: 2, finishesOn: "2026-01-05" },
      { hours: 3, finishesOn: "2026-01-10" },
    ];
    expect(plannedLine("2026-01-01", steps)).toEqual([
      { day: "2026-01-01", hours: 0 },
      { day: "2026-01-05", hours: 2 },
      { day: "2026-01-10", hours: 9 },
    ]);
  });

  it("goes on level from what was done last until today", () => {
    const steps = [
      { hours: 4, endedAt: "2026-01-03T22:00:00Z" },
      { hours: 5, endedAt: null },
      { hours: 1, endedAt: "2025-12-24T08:00:00Z" },
    ];
    expect(doneLine("2026-01-01", "2026-01-08", steps)).toEqual([
      { day: "2026-01-01", hours: 1 },
      { day: "2026-01-03", hours: 5 },
      { day: "2026-01-08", hours: 5 },
    ]);
  });

  it("is drawn upwards, within its box", () => {
    const scale = scaleOf("2026-01-01", "2026-01-11", 50, 100, 40);
    expect(
      pathOf(
        [
          { day: "2026-01-01", hours: 0 },
          { day: "2026-01-06", hours: 25 },
          { day: "2026-01-11", hours: 50 },
        ],
        scale,
      ),
    ).toBe("M0 40L50 20L100 0");
  });

  it("has round numbers at its side", () => {
    expect(marksUpTo(845, 4)).toEqual([0, 500]);
    expect(marksUpTo(845, 5)).toEqual([0, 200, 400, 600, 800]);
    expect(marksUpTo(8, 4)).toEqual([0, 2, 4, 6, 8]);
    expect(marksUpTo(0, 4)).toEqual([0]);
  });

  it("shows all that has a day", () => {
    expect(lastOf(["2026-01-01", null, "2027-01-01", undefined])).toBe("2027-01-01");
  });
});
