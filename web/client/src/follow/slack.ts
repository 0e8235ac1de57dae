/**
 * How many hours each step could take longer before the longest chain of steps that need each other grows: the critical path method of Kelley and
 * Walker (1959). Steps come after what they need. Linear in steps and needs.
 */

interface Task {
  key: string;
  hours: number;
  needs: readonly string[];
}

/** Hours are sums of decimal fractions: what differs by less is equal. */
const NOTHING = 1e-6;

export function slackOf(tasks: readonly Task[]): Map<string, number> {
  const earliest = new Map<string, number>();
  for (const { key, hours, needs } of tasks) {
    const start = Math.max(0, ...needs.map((needed) => earliest.get(needed) ?? 0));
    earliest.set(key, start + hours);
  }
  const longest = Math.max(0, ...earliest.values());
  const latest = new Map<string, number>();
  for (const { key, hours, needs } of tasks.toReversed()) {
    const end = latest.get(key) ?? longest;
    latest.set(key, end);
    for (const needed of needs) latest.set(needed, Math.min(latest.get(needed) ?? longest, end - hours));
  }
  const slack = (key: string) => (latest.get(key) ?? longest) - (earliest.get(key) ?? 0);
  return new Map(tasks.map(({ key }) => [key, slack(key) < NOTHING ? 0 : slack(key)]));
}
