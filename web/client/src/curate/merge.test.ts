import { expect, test } from "vitest";
import { isEqual, merge } from "./merge";

const loaded = { title: "Go", summary: "A language.", levels: { WORKING: { hours: "40", needs: ["git"] } } as Record<string, { hours: string; needs: string[] }> };

test("what only one has changed is theirs", () => {
  const typed = { ...loaded, title: "Golang" };
  const latest = { ...loaded, levels: { WORKING: { hours: "50", needs: ["git"] } } };
  expect(merge(loaded, typed, latest)).toEqual({ form: { ...latest, title: "Golang" }, clashes: [] });
});

test("what both have changed stays as typed, and is told", () => {
  const typed = { ...loaded, levels: { WORKING: { hours: "45", needs: ["git"] } } };
  const latest = { ...loaded, levels: { WORKING: { hours: "50", needs: ["git", "http"] } } };
  const { form, clashes } = merge(loaded, typed, latest);
  expect(form.levels["WORKING"]).toEqual({ hours: "45", needs: ["git", "http"] });
  expect(clashes).toEqual([["levels", "WORKING", "hours"]]);
});

test("both having made the same change is no clash", () => {
  const both = { ...loaded, title: "Golang" };
  expect(merge(loaded, both, both).clashes).toEqual([]);
});

test("what was added or taken away by one is so", () => {
  const expert = { hours: "90", needs: [] };
  const added = { ...loaded, levels: { ...loaded.levels, EXPERT: expert } };
  expect(merge(loaded, { ...loaded, title: "Golang" }, added).form.levels["EXPERT"]).toEqual(expert);
  expect(merge(loaded, added, { ...loaded, title: "Golang" }).form.levels["EXPERT"]).toEqual(expert);
  const removed = { ...added, levels: loaded.levels };
  expect(merge(added, removed, { ...added, title: "Golang" }).form.levels).toEqual(loaded.levels);
});

test("equality does not mind the order of fields", () => {
  expect(isEqual({ a: 1, b: [{ c: undefined }] }, { b: [{}], a: 1 })).toBe(true);
  expect(isEqual([1, 2], [2, 1])).toBe(false);
  expect(isEqual(null, {})).toBe(false);
});
