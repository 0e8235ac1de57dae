import { expect, test } from "vitest";
import { division, divisionInWords } from "./division";

const divided = { milestones: [{ steps: [{ studyHours: 0.75 }, { studyHours: 10.3 }] }, { steps: [{ studyHours: 2.35 }] }] };

test("study and practice come to the hours of the roadmap, as they are shown", () => {
  expect(division(divided, 100)).toEqual({ study: 13, practice: 87 });
  expect(divisionInWords(divided, 100)).toBe("Of the 100 hours, 13 hours go into resources and 87 hours into practice.");
});
