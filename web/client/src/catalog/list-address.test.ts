import { expect, test } from "vitest";
import { changeList, parseList, printList } from "./list-address";

const KEYS = ["search", "area"] as const;

test("an address says all of a list, and nothing that is as usual", () => {
  const state = parseList(KEYS, { search: "event loop", area: "", pages: "3", other: "x" });
  expect(state).toEqual({ search: "event loop", area: "", pages: 3 });
  expect(printList("/topics", KEYS, state)).toBe("/topics?search=event+loop&pages=3");
  expect(printList("/topics", KEYS, parseList(KEYS, {}))).toBe("/topics");
});

test("what can't be read is passed over", () => {
  for (const pages of ["0", "-1", "many", "1e9"]) expect(parseList(KEYS, { pages }).pages).toBe(1);
});

test("a list that is asked for otherwise begins anew", () => {
  const state = parseList(KEYS, { search: "go", pages: "4" });
  expect(changeList(state, { area: "data" })).toEqual({ search: "go", area: "data", pages: 1 });
  expect(changeList(state, { pages: 5 }).pages).toBe(5);
});
