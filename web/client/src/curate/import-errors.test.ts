import { expect, test } from "vitest";
import { rangeOf, textErrors } from "./import-errors";

test("an error is at the line that it names", () => {
  const told = textErrors([{ message: 'Line 52: there is no topic "dokcer"' }, { message: "The file: the list \"topics\" is missing" }]);
  expect(told.map(({ line }) => line)).toEqual([52, undefined]);
});

test("a line is found in a text", () => {
  const text = "one\ntwo\n\nfour";
  expect([1, 2, 3, 4, 9].map((line) => text.slice(...rangeOf(text, line)))).toEqual(["one", "two", "", "four", "four"]);
});
