import { describe, expect, test } from "vitest";
import type { Proficiency } from "../../api/schema.generated";
import { USUAL } from "../../question/question";
import { answering, assumedTopics, questionAbout } from "./topics";

const area = { slug: "languages", title: "Programming languages" };
const levels: Proficiency[] = ["WORKING", "PROFICIENT"];
const topic = (slug: string, of = area) => ({ slug, title: slug.toUpperCase(), area: of, steps: levels.map((level) => ({ level })) });
const assumed = (slug: string, level: Proficiency, of = area) => ({ level, topic: topic(slug, of) });

function choice(weight: number, level: Proficiency, taken: string, costs: Record<string, number | null>) {
  return {
    requirement: { weight },
    taken: { level, topic: { slug: taken, title: taken.toUpperCase() } },
    alternatives: Object.entries(costs).map(([slug, extraHours], index) => ({
      extraHours,
      step: { level, topic: { slug, title: slug.toUpperCase(), popularity: 10 * index } },
    })),
  };
}

describe("what is assumed", () => {
  const javascript = [assumed("javascript", "WORKING"), assumed("javascript", "PROFICIENT")];
  const craft = { slug: "craft", title: "Engineering craft" };

  test("is told once for each topic, at its highest level", () => {
    expect(assumedTopics(javascript, [])).toMatchObject([{ topic: "javascript", level: "PROFICIENT", levels, keys: ["javascript@WORKING", "javascript@PROFICIENT"] }]);
  });

  test("asks first what had alternatives, by the requirement that asks for most", () => {
    const choices = [
      choice(1, "WORKING", "javascript", { javascript: 0, typescript: 0 }),
      choice(3, "PROFICIENT", "javascript", { javascript: 0, java: 0, go: 12, cobol: null }),
    ];
    const [first, ...others] = assumedTopics([assumed("git", "WORKING", craft), ...javascript], choices);
    // The most used first, and nothing that the wishes rule out.
    expect(first?.alternatives).toEqual(["go", "java", "javascript"].map((slug) => ({ topic: slug, title: slug.toUpperCase(), level: "PROFICIENT" })));
    expect(others).toMatchObject([{ topic: "git", alternatives: [] }]);
  });

  test.each([
    ["wishes leave no other way", null],
    ["every other way assumes far more", 80],
  ])("raises no question if %s", (_, extraHours) => {
    expect(assumedTopics(javascript, [choice(3, "WORKING", "javascript", { javascript: 0, java: extraHours })])[0]?.alternatives).toEqual([]);
  });

  test("is asked about in the words of its area", () => {
    expect(questionAbout({ area })).toBe("Which language do you work in?");
    expect(questionAbout({ area: { slug: "gardening", title: "Gardening" } })).toBe("Which of these do you know?");
  });
});

test("an answer is a skill, and takes back what was said against it", () => {
  const question = { ...USUAL, skills: [{ topic: "java", level: "WORKING" as const }], gaps: [{ topic: "java", level: "PROFICIENT" as const }], avoid: ["java", "php"] };
  expect(answering(question, { topic: "java", title: "Java", level: "PROFICIENT" })).toEqual({
    skills: [{ topic: "java", level: "PROFICIENT" }],
    gaps: [],
    avoid: ["php"],
  });
});
