import { describe, expect, it } from "vitest";
import type { Proficiency } from "../api/schema.generated";
import { hold, knowledge } from "./knowledge";
import { USUAL, type Question } from "./question";

const levels: Proficiency[] = ["AWARE", "WORKING", "PROFICIENT"];
const topic = (slug: string) => ({ slug, title: slug.toUpperCase(), area: { title: "Area" }, steps: levels.map((level) => ({ level })) });
const ASSUMED = [
  { level: "AWARE" as const, topic: topic("docker") },
  { level: "WORKING" as const, topic: topic("docker") },
];

const docker = (question: Partial<Question>) => knowledge(ASSUMED, { ...USUAL, ...question }, []).find(({ slug }) => slug === "docker");

/** The question after the level of docker was chosen. */
function chosen(level: Proficiency | undefined, question: Partial<Question> = {}): Question {
  const before = { ...USUAL, ...question };
  const known = docker(before);
  if (!known) throw new Error("docker is assumed");
  return { ...before, ...hold(known, level, before) };
}

describe("what one knows", () => {
  it("is what the role brings, at its highest level", () => {
    expect(docker({})).toMatchObject({ assumed: "WORKING", held: "WORKING" });
  });

  it("is corrected upwards by a skill", () => {
    const question = chosen("PROFICIENT");
    expect(question.skills).toEqual([{ topic: "docker", level: "PROFICIENT" }]);
    expect(docker(question)).toMatchObject({ assumed: "WORKING", held: "PROFICIENT" });
  });

  it("is corrected downwards by a gap at the lowest level that is not held", () => {
    expect(chosen("AWARE").gaps).toEqual([{ topic: "docker", level: "WORKING" }]);
    expect(docker(chosen("AWARE"))?.held).toBe("AWARE");
    expect(chosen(undefined).gaps).toEqual([{ topic: "docker", level: "AWARE" }]);
    expect(docker(chosen(undefined))?.held).toBeUndefined();
  });

  it("is as it was filled in where the correction is taken back", () => {
    const question = chosen("WORKING", chosen("PROFICIENT"));
    expect(question).toMatchObject({ skills: [], gaps: [] });
  });

  it("is never both a skill and a gap", () => {
    const question = chosen(undefined, chosen("PROFICIENT"));
    expect(question).toMatchObject({ skills: [], gaps: [{ topic: "docker", level: "AWARE" }] });
  });

  it("has what no role brings, by its title", () => {
    const question = { ...USUAL, skills: [{ topic: "rust", level: "WORKING" as const }] };
    const named = [{ slug: "rust", title: "Rust", levels }];
    const rust = knowledge([], question, named)[0];
    expect(rust).toMatchObject({ title: "Rust", assumed: undefined, held: "WORKING", levels });
    expect(rust && hold(rust, undefined, question)).toEqual({ skills: [], gaps: [] });
  });
});
