import { describe, expect, test } from "vitest";
import { USUAL, type Question } from "../question/question";
import type { Choice } from "../roadmap/choices/alternatives";
import { compareAddress, parseCompared } from "./address";
import { differencesOf, topicsOf } from "./differences";
import { partnersOf } from "./partners";

const architect: Question = { ...USUAL, from: "mid", to: "architect" };
const role = (slug: string, after?: string) => ({ slug, title: slug.toUpperCase(), after: after === undefined ? null : { slug: after } });
const roles = [role("mid"), role("senior", "mid"), role("architect", "senior"), role("staff", "senior"), role("principal", "architect")];
const step = (slug: string) => ({ level: "WORKING" as const, topic: { slug, title: slug } });
const choice: Choice = { taken: step("go"), alternatives: [{ step: step("go"), extraHours: 0 }, { step: step("java"), extraHours: 9 }, { step: step("c"), extraHours: null }] };

test("both questions come back from an address", () => {
  const other: Question = { ...architect, to: "staff", skills: [{ topic: "git", level: "WORKING" }], hoursPerWeek: 12 };
  const query = Object.fromEntries(new URL(compareAddress(architect, other), "http://a").searchParams);
  expect(parseCompared(query)).toEqual([architect, other]);
});

describe("partners", () => {
  const labels = (question: Question) => partnersOf(question, roles, [choice]).map(({ label }) => label);

  test("are the roles beside and after the target, technologies that can be taken, prices and more time", () => {
    expect(labels(architect)).toEqual(["STAFF", "PRINCIPAL", "With java", "Free resources only", "12 hours a week"]);
  });

  test("are the other way round where that is asked for already, and no more hours than a week has", () => {
    expect(labels({ ...architect, freeOnly: true, hoursPerWeek: 60 })).toEqual(["STAFF", "PRINCIPAL", "With java", "Resources at any price"]);
  });

  test("ask the question that they are called by", () => {
    const [staff, , java] = partnersOf(architect, roles, [choice]);
    expect(staff?.question).toEqual({ ...architect, to: "staff" });
    expect(java?.question.prefer).toEqual(["java"]);
  });
});

describe("differences", () => {
  const titleOf = (slug: string) => slug.toUpperCase();

  test("are said for the side that has them", () => {
    const other: Question = { ...architect, prefer: ["go"], hoursPerWeek: 12, freeOnly: true };
    expect(differencesOf(other, architect, titleOf)).toEqual(["preferring GO", "12 hours a week", "free resources only"]);
    expect(differencesOf(architect, other, titleOf)).toEqual(["6 hours a week", "resources at any price"]);
  });

  test("are none between the same questions", () => {
    expect(differencesOf(architect, { ...architect }, titleOf)).toEqual([]);
  });

  test("name all topics that are spoken of, once", () => {
    expect(topicsOf({ ...architect, prefer: ["go"], avoid: ["php"] }, { ...architect, prefer: ["go"], goals: [{ topic: "git", level: "AWARE" }] })).toEqual(["go", "php", "git"]);
  });
});
