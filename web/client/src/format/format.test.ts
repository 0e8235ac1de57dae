import { describe, expect, it } from "vitest";
import { addDays, daysBetween, showSpan } from "./format";

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
