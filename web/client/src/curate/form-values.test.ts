import { expect, test } from "vitest";
import { changed, checkNumber, checkWhole, numberOrNull, slugOf, textOrNull } from "./form-values";
import { areaEdits, BLANK_AREA, BLANK_ROLE, roleEdits } from "./role-form";
import { BLANK_RESOURCE, checkResource, resourceEdits } from "./resource-form";

test("a title makes a slug", () => {
  expect(slugOf("  .NET: Café & Co. ")).toBe("net-cafe-co");
  expect(slugOf("—")).toBe("");
});

test("what is empty is nothing, and what is no number is told", () => {
  expect([textOrNull("  "), textOrNull(" a "), numberOrNull(""), numberOrNull("2,5")]).toEqual([null, "a", null, 2.5]);
  expect(checkNumber("x", ["hours"])).toHaveLength(1);
  expect(checkNumber("", ["hours"], false)).toEqual([]);
  expect(checkWhole("2.5", ["year"])).toHaveLength(1);
});

test("only what is different is sent", () => {
  expect(changed({ a: 1, b: [1], c: "x" }, { a: 1, b: [2], c: "x" })).toEqual({ b: [2] });
});

test("fields that are emptied are taken away", () => {
  const area = { ...BLANK_AREA, slug: "data", title: "Data", summary: "Of it." };
  expect(areaEdits(area, { ...area, summary: " " })[0]?.edit).toEqual({ updateArea: { slug: "data", summary: null } });
  const role = { ...BLANK_ROLE, slug: "lead", after: "senior" };
  expect(roleEdits(role, { ...role, after: "" })[0]?.edit).toEqual({ updateRole: { slug: "lead", after: null } });
});

test("a resource's lines are lists", () => {
  const book = { ...BLANK_RESOURCE, slug: "book", authors: "Ada\nGrace", attestedOn: "2026-11-01", attestedBy: "page" };
  const edits = resourceEdits(book, { ...book, authors: "Ada\n\n Lin ", attestedBy: "" });
  expect(edits[0]?.edit).toEqual({ updateResource: { slug: "book", authors: ["Ada", "Lin"], attested: { on: "2026-11-01", by: [] } } });
  expect(resourceEdits(book, { ...book })).toEqual([]);
  expect(checkResource({ ...book, attestedOn: "", price: "dear" }).map(({ path }) => path)).toEqual([["price"], ["attested"]]);
});
