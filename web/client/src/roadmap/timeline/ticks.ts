/** The marks of a time axis: beginnings of months, quarters or years, whichever are not too many. */
import { daysBetween } from "../../format/format";

export interface Span {
  from: string;
  to: string;
}

/** In months. */
const STEPS = [1, 3, 6, 12, 24, 60, 120];

/** How near to a day that is marked, in per cent, the name of a tick would stand in its way. */
const TOO_NEAR = 9;

/** Those whose names leave room for that of a day that is marked: today, or the learner's last one. */
export function besideDay(ticks: string[], span: Span, marked: string): string[] {
  if (!isWithin(span, marked)) return ticks;
  return ticks.filter((day) => Math.abs(placeIn(span, day) - placeIn(span, marked)) > TOO_NEAR);
}

/** The days on which periods begin within a span; at most so many. */
export function ticksOf({ from, to }: Span, most: number): string[] {
  const [first, last] = [monthOf(from), monthOf(to)];
  const step = STEPS.find((months) => (last - first) / months <= most) ?? 1200;
  const start = Math.ceil((from.endsWith("-01") ? first : first + 1) / step) * step;
  const count = Math.max(0, Math.floor((last - start) / step) + 1);
  return Array.from({ length: count }, (_, index) => dayOf(start + index * step));
}

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const dayOf = (month: number) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;

/** How far into a span a day begins, in per cent. */
export function placeIn({ from, to }: Span, day: string): number {
  return (100 * daysBetween(from, day)) / (daysBetween(from, to) + 1);
}

/** Where a range of days lies in a span, both ends included, in per cent. */
export function stretchIn(span: Span, first: string, last: string): { left: number; width: number } {
  return { left: placeIn(span, first), width: (100 * (daysBetween(first, last) + 1)) / (daysBetween(span.from, span.to) + 1) };
}

export const isWithin = ({ from, to }: Span, day: string) => from <= day && day <= to;
