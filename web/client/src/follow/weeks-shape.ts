/** The hours that were logged, week by week, Monday to Sunday. */
import { addDays, dateOf, daysBetween } from "../format/format";

export interface Week {
  monday: string;
  hours: number;
}

const DAYS = 7;

/** The Monday on or before a day. */
export const mondayOf = (day: string) => addDays(day, -((dateOf(day).getUTCDay() + 6) % DAYS));

/**
 * The last so many weeks until today, those without an entry among them; none before the first entry. `since` is the first day that all entries are
 * known of: a week that it cuts is not shown.
 */
export function weeksOf(entries: readonly { day: string; hours: number }[], today: string, count: number, since?: string): Week[] {
  const last = mondayOf(today);
  const days = entries.map(({ day }) => day).toSorted();
  const [earliest] = days;
  if (earliest === undefined) return [];
  const first = since === undefined || since === mondayOf(since) ? mondayOf(since ?? earliest) : addDays(mondayOf(since), DAYS);
  const shown = Math.min(count, Math.floor(daysBetween(first, last) / DAYS) + 1);
  const weeks = Array.from({ length: Math.max(0, shown) }, (_, index) => ({ monday: addDays(last, DAYS * (index + 1 - shown)), hours: 0 }));
  const byMonday = new Map(weeks.map((week) => [week.monday, week]));
  for (const { day, hours } of entries) {
    const week = byMonday.get(mondayOf(day));
    if (week) week.hours += hours;
  }
  return weeks;
}
