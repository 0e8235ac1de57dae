/** Days, numbers and names for people, by the locale of the browser. Days are `2026-11-29`, without a time or a zone. */
import type { Proficiency } from "../api/schema.generated";

const locale = typeof navigator === "undefined" ? ["en-GB"] : navigator.languages;

const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const money = new Intl.NumberFormat(locale, { style: "currency", currency: "USD", maximumFractionDigits: 2, minimumFractionDigits: 0 });
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const inDays = { timeZone: "UTC" } as const;
const day = new Intl.DateTimeFormat(locale, { ...inDays, day: "numeric", month: "short", year: "numeric" });
const dayOfYear = new Intl.DateTimeFormat(locale, { ...inDays, day: "numeric", month: "short" });
const month = new Intl.DateTimeFormat(locale, { ...inDays, month: "short", year: "numeric" });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const list = new Intl.ListFormat(locale, { type: "conjunction" });

export const showNumber = (value: number) => number.format(value);
export const showMoney = (dollars: number) => (dollars === 0 ? "free" : money.format(dollars));
/** Of a share from 0 to 1. */
export const showPercent = (share: number) => percent.format(share);
export const showHours = (hours: number) => `${number.format(hours)} h`;
export const showHoursInFull = (hours: number) => `${number.format(hours)} ${hours === 1 ? "hour" : "hours"}`;
/** To the minute, so that parts of a step add up: "45 min", "11 h 42 min". */
export function showTime(hours: number): string {
  const minutes = Math.round(hours * 60);
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [(whole > 0 || rest === 0) && `${number.format(whole)} h`, rest > 0 && `${rest} min`].filter(Boolean).join(" ");
}
export const showDay = (iso: string) => day.format(dateOf(iso));
export const showDayOfYear = (iso: string) => dayOfYear.format(dateOf(iso));
export const showMonth = (iso: string) => month.format(dateOf(iso));
export const showMoment = (iso: string) => moment.format(new Date(iso));
export const showDays = (from: string, to: string) => (from === to ? showDay(from) : day.formatRange(dateOf(from), dateOf(to)));
export const showList = (items: string[]) => list.format(items);
/** "1 step", "2 steps". */
export const showCount = (count: number, one: string, many = `${one}s`) => `${number.format(count)} ${count === 1 ? one : many}`;

export const LEVELS: readonly Proficiency[] = ["AWARE", "WORKING", "PROFICIENT", "EXPERT"];

const LEVEL_NAMES: Record<Proficiency, string> = {
  AWARE: "Aware",
  WORKING: "Working",
  PROFICIENT: "Proficient",
  EXPERT: "Expert",
};

export const showLevel = (level: Proficiency) => LEVEL_NAMES[level];
/** A topic at a level, in a sentence: "Caching, working". */
export const showStep = (title: string, level: Proficiency) => `${title}, ${LEVEL_NAMES[level].toLowerCase()}`;

/** Midnight, UTC, of a day. */
export const dateOf = (iso: string) => new Date(`${iso}T00:00:00Z`);
export const isoOf = (date: Date) => date.toISOString().slice(0, 10);
/** Whole days from one to another. */
export const daysBetween = (from: string, to: string) => Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000);
export const addDays = (iso: string, days: number) => isoOf(new Date(dateOf(iso).getTime() + days * 86_400_000));
/** "about 3 months", for people who plan. */
export function showSpan(from: string, to: string): string {
  const days = daysBetween(from, to) + 1;
  if (days < 14) return showCount(days, "day");
  if (days < 75) return showCount(Math.round(days / 7), "week");
  if (days < 700) return showCount(Math.round(days / 30.4), "month");
  return showCount(Math.round(days / 36.5) / 10, "year");
}
