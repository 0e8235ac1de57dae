import { expect, test } from "vitest";
import { FieldErrors, nearestField, placeErrors, type PlacedEdit, type UserError } from "./place-errors";

const error = (field: string[], message = "No."): UserError => ({ code: "INVALID", message, field, path: null });
const placed = (field: string[], edits?: PlacedEdit[]) => placeErrors([error(field)], edits)[0]?.path;

test("an argument of a single mutation is the field of that name", () => {
  expect(placed(["input", "levels", "0", "requires", "1", "anyOf", "0", "topic"])).toEqual(["levels", "0", "requires", "1", "anyOf", "0", "topic"]);
  expect(placed(["input"])).toEqual([]);
});

test("an argument of one of several edits is placed by that edit", () => {
  const edits: PlacedEdit[] = [
    { edit: { updateTopic: { slug: "go" } }, place: (path) => path },
    { edit: { updateStep: { step: { topic: "go", level: "WORKING" } } }, place: (path) => ["levels", "WORKING", ...path] },
  ];
  expect(placed(["input", "edits", "0", "updateTopic", "title"], edits)).toEqual(["title"]);
  expect(placed(["input", "edits", "1", "updateStep", "requires", "0"], edits)).toEqual(["levels", "WORKING", "requires", "0"]);
  expect(placed(["input", "edits", "1", "updateStep"], edits)).toEqual(["levels", "WORKING"]);
  expect(placed(["input", "edits", "7", "updateStep"], edits)).toEqual([]);
  expect(placed(["input", "edits"], edits)).toEqual([]);
});

test("a circle keeps its path", () => {
  const circle = ["docker@AWARE", "docker@WORKING"];
  expect(placeErrors([{ ...error(["input", "anyOf"]), code: "CYCLE", path: circle }])[0]?.circle).toEqual(circle);
});

test("fields find what is wrong with them, and with what is in them", () => {
  const errors = new FieldErrors(placeErrors([error(["input", "levels", "WORKING", "hours"], "Too few."), error(["input", "levels"], "Too many.")]));
  expect(errors.at("levels")).toBe("Too many.");
  expect(errors.under("levels", "WORKING")).toBe("Too few.");
  expect(errors.under("levels", "EXPERT")).toBeUndefined();
  expect(errors.under("levels")).toBe("Too few. Too many.");
});

test("the same said twice is said once", () => {
  const errors = new FieldErrors(placeErrors([error(["input", "slug"]), error(["input", "slug"])]));
  expect(errors.at("slug")).toBe("No.");
});

test("an error leads to the nearest field that the page has", () => {
  const fields = ["title", "levels.WORKING", "levels.WORKING.requires.0"];
  expect(nearestField(fields, ["levels", "WORKING", "requires", "0", "anyOf", "1", "topic"])).toBe("levels.WORKING.requires.0");
  expect(nearestField(fields, ["levels", "WORKING", "hours"])).toBe("levels.WORKING");
  expect(nearestField(fields, ["message"])).toBeUndefined();
});
