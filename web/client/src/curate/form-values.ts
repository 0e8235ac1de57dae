/** Texts of a form as values of the API, and back. */
import type { Proficiency, RequirementInput, StepInput, WeightedRequirementInput } from "../api/schema.generated";
import { isEqual } from "./merge";
import type { FormPath, PlacedError } from "./place-errors";

/** A step, with what its topic is called and which levels that has. */
export interface StepRef {
  topic: string;
  title: string;
  levels: Proficiency[];
  level: Proficiency;
}

export interface RequirementForm {
  anyOf: StepRef[];
  weight: number;
  /** Why its steps stand for each other: of a role's, where it says so. */
  reason?: string | null;
}

interface AnsweredStep {
  level: Proficiency;
  topic: { slug: string; title: string; steps: { level: Proficiency }[] };
}

export const stepRef = ({ topic, level }: AnsweredStep): StepRef => ({
  topic: topic.slug,
  title: topic.title,
  levels: topic.steps.map((step) => step.level),
  level,
});

export const requirementForm = ({ anyOf, weight = 1, reason = null }: { anyOf: AnsweredStep[]; weight?: number; reason?: string | null }): RequirementForm => ({
  anyOf: anyOf.map(stepRef),
  weight,
  reason,
});

export const stepInput = ({ topic, level }: StepInput): StepInput => ({ topic, level });
export const requirementInput = ({ anyOf }: RequirementForm): RequirementInput => ({ anyOf: anyOf.map(stepInput) });
export const weightedInput = ({ anyOf, weight, reason = null }: RequirementForm): WeightedRequirementInput => ({ anyOf: anyOf.map(stepInput), weight, reason });

/** A text of lines as a list, without empty ones. */
export const linesOf = (text: string) => text.split("\n").flatMap((line) => line.trim() || []);

/** Nothing, where a field is empty. */
export const textOrNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

export const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", ".")));
export const numberOrNull = (text: string): number | null => (text.trim() === "" ? null : numberOf(text));

/** That a text is a number: everything else the server says. */
export function checkNumber(text: string, path: FormPath, isNeeded = true): PlacedError[] {
  const isFine = text.trim() === "" ? !isNeeded : Number.isFinite(numberOf(text));
  return isFine ? [] : [{ path, message: "Enter a number.", circle: null }];
}

export function checkWhole(text: string, path: FormPath, isNeeded = true): PlacedError[] {
  const isFine = text.trim() === "" ? !isNeeded : Number.isInteger(numberOf(text));
  return isFine ? [] : [{ path, message: "Enter a whole number.", circle: null }];
}

/** Of the values that an edit may have, those that are others than before. */
export function changed<T extends object>(before: T, after: T): Partial<T> {
  const keys = Object.keys(after) as (keyof T)[];
  return Object.fromEntries(keys.filter((key) => !isEqual(before[key], after[key])).map((key) => [key, after[key]])) as Partial<T>;
}

/** A title as a slug: lower case letters, digits and single hyphens. */
export const slugOf = (title: string): string =>
  title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
