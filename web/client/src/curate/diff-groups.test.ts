import { expect, test } from "vitest";
import { countsOf, groupsOf, placeOf } from "./diff-groups";

const entry = (kind: "TOPIC" | "STEP" | "ROLE", slug: string, change: "ADDED" | "CHANGED" | "REMOVED" = "CHANGED") => ({
  kind,
  slug,
  change,
  title: slug.toUpperCase(),
  formerSlug: null,
  fields: [],
  level: kind === "STEP" ? ("WORKING" as const) : null,
});
const diff = [entry("ROLE", "lead"), entry("TOPIC", "go", "ADDED"), entry("STEP", "go", "ADDED"), entry("TOPIC", "java", "REMOVED")];

test("differences are grouped by kind, and filtered by name and change", () => {
  const all = groupsOf(diff, { text: "", change: undefined });
  expect(all.map(({ title, entries }) => [title, entries.length])).toEqual([
    ["Topics", 2],
    ["Levels of topics", 1],
    ["Roles", 1],
  ]);
  expect(groupsOf(diff, { text: " GO ", change: undefined }).map(({ kind }) => kind)).toEqual(["TOPIC", "STEP"]);
  expect(groupsOf(diff, { text: "", change: "REMOVED" })[0]?.entries[0]?.slug).toBe("java");
});

test("each change is counted", () => {
  expect(countsOf(diff)).toEqual([
    { change: "ADDED", count: 2 },
    { change: "REMOVED", count: 1 },
    { change: "CHANGED", count: 1 },
  ]);
});

test("what is gone leads nowhere", () => {
  expect(placeOf(entry("TOPIC", "java", "REMOVED"))).toBeUndefined();
  expect(placeOf(entry("STEP", "go"))).toBe("/topics/go");
});
