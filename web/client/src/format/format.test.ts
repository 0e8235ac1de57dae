import { describe, expect, it } from "vitest";
import { addDays, daysBetween, showSpan, showTime } from "./format";

describe("days", () => {
  it("are counted without regard to clocks", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });

  it.each([
    ["2026-01-01", "2026-01-01", "1 day"],
    ["2026-01-01", "2026-01-28", "4 weeks"],
    ["2026-01-01", "2026-12-31", "12 months"],
    ["2026-12-01", "2033-01-20", "6.1 years"],
  ])("from %s to %s are %s", (from, to, span) => {
    expect(showSpan(from, to)).toBe(span);
  });
});

describe("times", () => {
  it.each([
    [0, "0 h"],
    [0.3, "18 min"],
    [0.75, "45 min"],
    [11.7, "11 h 42 min"],
    [59.25, "59 h 15 min"],
    [1.9999, "2 h"],
    [1200, "1,200 h"],
  ])("of %s hours are %s", (hours, time) => {
    expect(showTime(hours)).toBe(time);
  });
});
