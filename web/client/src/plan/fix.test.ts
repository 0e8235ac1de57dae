import { describe, expect, it } from "vitest";
import { USUAL, type Question } from "../question/question";
import { fixOf } from "./fix";

const QUESTION: Question = { ...USUAL, to: "architct", skills: [{ topic: "git", level: "WORKING" }, { topic: "jva", level: "WORKING" }], avoid: ["http"] };

describe("what puts a question right", () => {
  it("is the nearest name, in its place", () => {
    expect(fixOf("input.skills[1].topic", "java", QUESTION)?.change).toEqual({
      skills: [
        { topic: "git", level: "WORKING" },
        { topic: "java", level: "WORKING" },
      ],
    });
    expect(fixOf("input.to", "architect", QUESTION)?.change).toEqual({ to: "architect" });
  });

  it("is to take back what nothing is near to, or what is in the way", () => {
    expect(fixOf("input.skills[1].topic", undefined, QUESTION)?.change).toEqual({ skills: [{ topic: "git", level: "WORKING" }] });
    expect(fixOf("input.avoid[0]", undefined, QUESTION)).toEqual({ label: "Don't leave out http", change: { avoid: [] } });
    expect(fixOf("input.finishBy", undefined, QUESTION)?.change).toEqual({ finishBy: undefined });
  });

  it("is not known for what the question does not have", () => {
    expect(fixOf("input.skills[7].topic", "java", QUESTION)).toBeUndefined();
    expect(fixOf("query", undefined, QUESTION)).toBeUndefined();
  });
});
