import { expect, test } from "vitest";
import { identifiersOf } from "./identifiers";

const none = { isbn: null, doi: null, arxiv: null, standard: null };

test("only what there is", () => {
  expect(identifiersOf(none)).toEqual([]);
  expect(identifiersOf({ ...none, isbn: "9781449373320" })).toEqual([{ name: "ISBN", value: "9781449373320" }]);
});

test("names that have a place lead there", () => {
  const all = identifiersOf({ isbn: null, doi: "10.1145/359545.359563", arxiv: "1811.09676", standard: "RFC 9110" });
  expect(all.map(({ href }) => href)).toEqual([
    "https://doi.org/10.1145/359545.359563",
    "https://arxiv.org/abs/1811.09676",
    "https://www.rfc-editor.org/info/rfc9110",
  ]);
  expect(identifiersOf({ ...none, standard: "ISO 8601" })[0]?.href).toBeUndefined();
});
