import { expect, test } from "vitest";
import { splitValues } from "./split-values";

test("of a list, what stays, goes and comes", () => {
  expect(splitValues("requires", "docker@WORKING, git@AWARE", "docker@WORKING, kubernetes@WORKING (weight 2)")).toEqual({
    kept: ["docker@WORKING"],
    gone: ["git@AWARE"],
    come: ["kubernetes@WORKING (weight 2)"],
  });
});

test("values with commas of their own are one", () => {
  expect(splitValues("authors", "Ada", 'Ada, "Grace, of the Navy"')?.come).toEqual(["Grace, of the Navy"]);
  expect(splitValues("requires", "go@WORKING", "any [go@WORKING, java@WORKING]")?.come).toEqual(["any [go@WORKING, java@WORKING]"]);
});

test("a text is no list", () => {
  expect(splitValues("summary", "Fast, small.", "Fast.")).toBeUndefined();
});

test("a list may begin or end as nothing", () => {
  expect(splitValues("aliases", null, "go, golang")?.come).toEqual(["go", "golang"]);
  expect(splitValues("aliases", "go", null)?.gone).toEqual(["go"]);
});
