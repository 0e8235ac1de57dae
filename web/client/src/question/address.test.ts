import { describe, expect, it } from "vitest";
import { parseQuestion, printQuestion } from "./address";
import { USUAL, type Question } from "./question";

const query = (text: string) => Object.fromEntries(new URLSearchParams(text));

const WHOLE: Question = {
  from: "mid-level-backend-engineer",
  to: "backend-architect",
  goals: [{ topic: "rust", level: "WORKING" }],
  skills: [
    { topic: "git", level: "WORKING" },
    { topic: "java", level: "PROFICIENT" },
  ],
  gaps: [{ topic: "docker", level: "AWARE" }],
  prefer: ["java", "spring-boot"],
  avoid: ["php"],
  hoursPerWeek: 7.5,
  startOn: "2026-12-01",
  finishBy: "2028-12-31",
  pauses: [{ from: "2026-12-24", to: "2027-01-02" }],
  languages: ["en", "pt-BR"],
  freeOnly: true,
  preferKinds: ["BOOK"],
  excludeKinds: ["VIDEO", "TALK"],
  budget: 0,
  hourValue: 35,
};

describe("the address of a question", () => {
  it("says all of it, and is read back as it was", () => {
    expect(parseQuestion(query(printQuestion(WHOLE)))).toEqual(WHOLE);
  });

  it("says nothing of what is as usual", () => {
    expect(printQuestion(USUAL)).toBe("");
    expect(parseQuestion({})).toEqual(USUAL);
  });

  it("can be read by people", () => {
    const { from, to, skills } = WHOLE;
    expect(printQuestion({ ...USUAL, from, to, skills })).toBe("from=mid-level-backend-engineer&to=backend-architect&knows=git@working,java@proficient");
  });

  it("is the same for the same question", () => {
    expect(printQuestion(Object.fromEntries(Object.entries(WHOLE).toReversed()) as unknown as Question)).toBe(printQuestion(WHOLE));
  });

  it.each([
    ["knows=git@working,nothing,@aware,rest@wizard", { skills: [{ topic: "git", level: "WORKING" }] }],
    ["hours=much", {}],
    ["hours=0", {}],
    ["hours=", {}],
    ["start=2026-13-01", {}],
    ["pauses=2026-12-24..2026-12-01,2027-01-01..2027-01-02", { pauses: [{ from: "2027-01-01", to: "2027-01-02" }] }],
    ["to=<script>", {}],
    ["kinds=book,scroll", { preferKinds: ["BOOK"] }],
    ["free=no", {}],
  ])("passes over what can't be read: %s", (text, read) => {
    expect(parseQuestion(query(text))).toEqual({ ...USUAL, ...read });
  });
});
