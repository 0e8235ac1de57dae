import { describe, expect, it } from "vitest";
import { ladderRows, wayBetween, type Rung } from "./ladder-shape";

const rung = (slug: string, after?: string): Rung => ({ slug, title: slug, summary: "", after: after === undefined ? null : { slug: after } });
const LADDER = [rung("entry"), rung("mid", "entry"), rung("senior", "mid"), rung("architect", "senior"), rung("principal", "architect"), rung("manager", "senior")];

describe("the picture of the ladder", () => {
  it("has the highest role on top", () => {
    expect(ladderRows(LADDER).map((row) => row.rung.slug)).toEqual(["manager", "principal", "architect", "senior", "mid", "entry"]);
  });

  it("moves over by one lane where the way branches, and nowhere else", () => {
    const lanes = Object.fromEntries(ladderRows(LADDER).map((row) => [row.rung.slug, row.lane]));
    expect(lanes).toEqual({ entry: 0, mid: 0, senior: 0, architect: 1, principal: 1, manager: 1 });
  });

  it("leads from each role to the one below", () => {
    const rows = ladderRows(LADDER);
    const manager = rows.find((row) => row.rung.slug === "manager");
    expect(rows.find((row) => row.row === manager?.afterRow)?.rung.slug).toBe("senior");
  });

  it("knows the way between two roles", () => {
    expect([...wayBetween(LADDER, "mid", "architect")]).toEqual(["architect", "senior", "mid"]);
    expect([...wayBetween(LADDER, undefined, "mid")]).toEqual(["mid", "entry"]);
    expect([...wayBetween(LADDER, "manager", "architect")]).toEqual(["architect", "senior", "mid", "entry"]);
    expect([...wayBetween(LADDER, "mid", undefined)]).toEqual([]);
  });
});
