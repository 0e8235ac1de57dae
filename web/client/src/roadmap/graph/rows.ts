/**
 * How high each step stands in its column: near what it needs and what needs it, so that lines are short and cross seldom. The columns are gone through
 * from left to right and back; in each, the steps are put in the order of where their neighbours stand (the barycentre method: Sugiyama and others,
 * 1981) and then as near to there as the room for each allows, which is isotonic regression.
 */

const SWEEPS = 24;
/** With the order fixed, everything is drawn to the middle a little, which makes the whole lower. */
const LAST_SWEEPS = 6;

interface Wanted {
  key: string;
  at: number;
}

/** The height of each step's middle, in rows; 0 is the middle of all. */
export function rowsOf(columns: readonly (readonly string[])[], near: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const rows = new Map<string, number>();
  for (const column of columns) column.forEach((key, index) => rows.set(key, index - (column.length - 1) / 2));
  let ordered = columns;
  const sweep = (pull: number, isBack: boolean, isSorting: boolean) => {
    const settled = (isBack ? ordered.toReversed() : ordered).map((column) => settle(column, near, rows, pull, isSorting));
    ordered = isBack ? settled.toReversed() : settled;
  };
  for (let index = 0; index < SWEEPS; index++) sweep(0, index % 2 === 1, true);
  for (let index = 0; index < LAST_SWEEPS; index++) sweep(1, index % 2 === 1, false);
  return rows;
}

/** Moves the steps of one column to where they are wanted, and gives their order. */
function settle(column: readonly string[], near: ReadonlyMap<string, readonly string[]>, rows: Map<string, number>, pull: number, isSorting: boolean): string[] {
  const wanted = column.map((key): Wanted => {
    const others = near.get(key) ?? [];
    const sum = others.reduce((total, other) => total + (rows.get(other) ?? 0), 0);
    return { key, at: others.length === 0 ? 0 : sum / (others.length + pull) };
  });
  const ordered = isSorting ? wanted.toSorted((one, other) => one.at - other.at) : wanted;
  const heights = apart(ordered.map(({ at }) => at));
  ordered.forEach(({ key }, index) => rows.set(key, heights[index] ?? 0));
  return ordered.map(({ key }) => key);
}

/** As near to what is wanted, by the sum of squares, as one row from each to the next allows: pool adjacent violators. */
export function apart(wanted: readonly number[]): number[] {
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach((at, index) => {
    let last = { sum: at - index, count: 1 };
    for (let before = pools.at(-1); before && before.sum / before.count > last.sum / last.count; before = pools.at(-1)) {
      pools.pop();
      last = { sum: before.sum + last.sum, count: before.count + last.count };
    }
    pools.push(last);
  });
  return pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count)).map((at, index) => at + index);
}
