import { expect, test } from "vitest";
import { inWords } from "./measures";

test("measures are said in a sentence", () => {
  expect(inWords({ blockingFactor: 22, delayFactor: 7 })).toBe(
    "22 other steps of the catalogue wait for it, directly or through others; the longest chain through it has 7 steps.",
  );
  expect(inWords({ blockingFactor: 1, delayFactor: 2 })).toContain("1 other step of the catalogue waits for it");
  expect(inWords({ blockingFactor: 0, delayFactor: 1 })).toBe("No other step of the catalogue waits for it; it stands alone.");
});
