/**
 * A question as the query of an address, and back: short, readable, the same for the same question, and without what is as usual. What can't be read
 * is passed over, since addresses are cut and mistyped.
 *
 *     /plan?from=mid-level-backend-engineer&to=backend-architect&knows=git@working,rest@aware&hours=6
 */
import type { Proficiency, ResourceKind } from "../api/schema.generated";
import { LEVELS } from "../format/format";
import { MOST_HOURS_PER_WEEK, USUAL, type Days, type Question, type StepName } from "./question";

export const KINDS: readonly ResourceKind[] = [
  "BOOK",
  "COURSE",
  "TUTORIAL",
  "DOCUMENTATION",
  "ARTICLE",
  "PAPER",
  "SPECIFICATION",
  "VIDEO",
  "TALK",
  "PROJECT",
  "EXERCISE",
];

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const LANGUAGE = /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;

interface Part<T> {
  /** Its name in the address. */
  name: string;
  print: (value: T) => string;
  parse: (text: string) => T | undefined;
}

const part = <T>(name: string, parse: (text: string) => T | undefined, print: (value: T) => string = String): Part<T> => ({
  name,
  parse,
  print,
});

const listed = <T extends object | string>(name: string, parse: (text: string) => T | undefined, print: (value: T) => string): Part<T[]> =>
  part(
    name,
    (text) => {
      return text.split(",").flatMap((item) => parse(item.trim()) ?? []);
    },
    (items) => items.map(print).join(","),
  );

const slug = (text: string) => (SLUG.test(text) ? text : undefined);
const day = (text: string) => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined);
const kind = (text: string) => KINDS.find((one) => one === text.toUpperCase());
const lower = (text: string) => text.toLowerCase();
const number = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  return text.trim() !== "" && value >= least && value <= most ? value : undefined;
};

function step(text: string): StepName | undefined {
  const [topic = "", name = ""] = text.split("@");
  const level = LEVELS.find((one: Proficiency) => one === name.toUpperCase());
  return SLUG.test(topic) && level ? { topic, level } : undefined;
}

function days(text: string): Days | undefined {
  const [from = "", to = ""] = text.split("..");
  return day(from) && day(to) && from <= to ? { from, to } : undefined;
}

export const printStep = ({ topic, level }: StepName) => `${topic}@${lower(level)}`;
export const parseStep = step;

const steps = (name: string) => listed(name, step, printStep);
const slugs = (name: string) => listed(name, slug, String);

const PARTS: { [Key in keyof Question]-?: Part<NonNullable<Question[Key]>> } = {
  from: part("from", slug),
  to: part("to", slug),
  goals: steps("goals"),
  skills: steps("knows"),
  gaps: steps("gaps"),
  prefer: slugs("prefer"),
  avoid: slugs("avoid"),
  hoursPerWeek: part("hours", number(0.1, MOST_HOURS_PER_WEEK)),
  startOn: part("start", day),
  finishBy: part("by", day),
  pauses: listed("pauses", days, ({ from, to }) => `${from}..${to}`),
  languages: listed("languages", (text) => (LANGUAGE.test(text) ? text : undefined), String),
  freeOnly: part<boolean>("free", (text) => (text === "yes" ? true : undefined), (value) => (value ? "yes" : "no")),
  preferKinds: listed("kinds", kind, lower),
  excludeKinds: listed("without", kind, lower),
  budget: part("budget", number(0, 1_000_000)),
  hourValue: part("hour", number(0, 10_000)),
};

const KEYS = Object.keys(PARTS) as (keyof Question)[];

/** What stays as it is written in a query, for people to read. */
const readable = (text: string) => encodeURIComponent(text).replace(/%(40|2C|3A)/g, decodeURIComponent);

/** The query, without its question mark; empty for the usual question. */
export function printQuestion(question: Question): string {
  const pairs = KEYS.flatMap((key) => {
    const { name, print } = PARTS[key] as Part<unknown>;
    const value = question[key];
    const usual = USUAL[key];
    const text = value === undefined ? "" : print(value);
    return value === undefined || text === (usual === undefined ? undefined : print(usual)) ? [] : [`${name}=${readable(text)}`];
  });
  return pairs.join("&");
}

export function parseQuestion(query: Record<string, string | undefined>): Question {
  const read = KEYS.flatMap((key) => {
    const { name, parse } = PARTS[key] as Part<unknown>;
    const text = query[name];
    const value = text === undefined ? undefined : parse(text);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...USUAL, ...Object.fromEntries(read) };
}
