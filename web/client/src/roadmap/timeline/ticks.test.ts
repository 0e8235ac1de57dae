import { describe, expect, test } from "vitest";
import { besideDay, isWithin, placeIn, stretchIn, ticksOf } from "./ticks";

describe("ticks", () => {
  test("are months where those are few", () => {
    expect(ticksOf({ from: "2026-11-29", to: "2027-02-10" }, 4)).toEqual(["2026-12-01", "2027-01-01", "2027-02-01"]);
  });

  test("are quarters where months are too many", () => {
    expect(ticksOf({ from: "2026-11-29", to: "2027-10-10" }, 5)).toEqual(["2027-01-01", "2027-04-01", "2027-07-01", "2027-10-01"]);
  });

  test("are years where quarters are too many", () => {
    expect(ticksOf({ from: "2026-11-29", to: "2033-01-13" }, 8)).toEqual(["2027-01-01", "2028-01-01", "2029-01-01", "2030-01-01", "2031-01-01", "2032-01-01", "2033-01-01"]);
  });

  test("begin with the span where it begins with a period", () => {
    expect(ticksOf({ from: "2027-01-01", to: "2027-01-20" }, 4)).toEqual(["2027-01-01"]);
  });

  test("are none where no period begins", () => {
    expect(ticksOf({ from: "2027-01-02", to: "2027-01-20" }, 4)).toEqual([]);
  });

  test("are never more than asked for", () => {
    for (const to of ["2027-06-01", "2031-06-01", "2060-06-01", "2400-06-01"]) expect(ticksOf({ from: "2027-01-02", to }, 8).length).toBeLessThanOrEqual(9);
  });
});

test("ticks leave room for today", () => {
  const span = { from: "2027-01-01", to: "2027-12-31" };
  const ticks = ticksOf(span, 4);
  expect(besideDay(ticks, span, "2027-04-10")).toEqual(["2027-01-01", "2027-07-01", "2027-10-01"]);
  expect(besideDay(ticks, span, "2028-04-10")).toEqual(ticks);
});

describe("places", () => {
  const span = { from: "2027-01-01", to: "2027-01-10" };

  test("count both ends of a range in", () => {
    expect(placeIn(span, "2027-01-06")).toBe(50);
    expect(stretchIn(span, "2027-01-06", "2027-01-10")).toEqual({ left: 50, width: 50 });
    expect(stretchIn(span, "2027-01-01", "2027-01-10")).toEqual({ left: 0, width: 100 });
  });

  test("are within up to the last day", () => {
    expect(isWithin(span, "2027-01-10")).toBe(true);
    expect(isWithin(span, "2027-01-11")).toBe(false);
  });
});
