/** The hours of a roadmap as they were planned, as they are done, and as they are likely to go on: points of a chart, in days and hours. */
import { daysBetween } from "../format/format";

export interface Point {
  day: string;
  hours: number;
}

export interface Fan {
  /** The days by which half, four of five, and nineteen of twenty futures have arrived. */
  p50: string | null;
  p80: string | null;
  p95: string | null;
}

interface Planned {
  hours: number;
  finishesOn: string;
}

interface Done {
  hours: number;
  endedAt: string | null;
}

/** Hours that add up day by day, beginning with none. */
function addedUp(start: string, entries: { day: string; hours: number }[]): Point[] {
  let sum = 0;
  const points: Point[] = [{ day: start, hours: 0 }];
  for (const { day, hours } of entries.toSorted((one, other) => one.day.localeCompare(other.day))) {
    sum += hours;
    const last = points.at(-1);
    if (last?.day === day) last.hours = sum;
    else points.push({ day, hours: sum });
  }
  return points;
}

/** What was to be done by when. */
export const plannedLine = (start: string, steps: readonly Planned[]): Point[] =>
  addedUp(
    start,
    steps.map(({ finishesOn, hours }) => ({ day: finishesOn, hours })),
  );

/** What was done by when, on until today. What was done before the start counts from there. */
export function doneLine(start: string, today: string, steps: readonly Done[]): Point[] {
  const entries = steps.flatMap(({ endedAt, hours }) => (endedAt === null ? [] : [{ day: endedAt.slice(0, 10) < start ? start : endedAt.slice(0, 10), hours }]));
  const points = addedUp(start, entries);
  const last = points.at(-1);
  if (last && last.day < today) points.push({ day: today, hours: last.hours });
  return points;
}

export interface Scale {
  x: (day: string) => number;
  y: (hours: number) => number;
}

/** From days and hours to places in a box, the hours upwards. */
export function scaleOf(from: string, to: string, most: number, width: number, height: number): Scale {
  const days = Math.max(1, daysBetween(from, to));
  return {
    x: (day) => (width * daysBetween(from, day)) / days,
    y: (hours) => height - (height * hours) / Math.max(1, most),
  };
}

/** Round numbers from 0 up to the most: about so many, 1, 2 or 5 of a power of ten apart. */
export function marksUpTo(most: number, count: number): number[] {
  const rough = Math.max(most, 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const apart = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(most / apart + 1e-9) + 1 }, (_, index) => round(index * apart));
}

/** A line along points, as an SVG path. */
export const pathOf = (points: readonly Point[], { x, y }: Scale): string =>
  points.map(({ day, hours }, index) => `${index === 0 ? "M" : "L"}${round(x(day))} ${round(y(hours))}`).join("");

const round = (value: number) => Math.round(value * 10) / 10;

/** The last day that a chart has to show. */
export const lastOf = (days: readonly (string | null | undefined)[]): string => days.reduce<string>((last, day) => (day && day > last ? day : last), "");
