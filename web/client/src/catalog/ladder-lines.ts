/** Which lines of the ladder's picture pass beside each of its rows, so that rows can be as tall as their texts. */
import type { LadderRow } from "../question/ladder-shape";

export interface RowLines {
  /** The lanes with a line from the row's top to its dot. */
  above: number[];
  /** The lanes with a line from its dot down. */
  below: number[];
  /** The lane that its own line bends to. */
  bend?: number;
}

export function linesOf(rows: readonly LadderRow[]): RowLines[] {
  return rows.map((own) => {
    const above = new Set<number>();
    const below = new Set<number>();
    for (const { row, afterRow, afterLane } of rows) {
      if (afterRow === undefined || afterLane === undefined) continue;
      if (row < own.row && own.row <= afterRow) above.add(afterLane);
      if (row <= own.row && own.row < afterRow) below.add(afterLane);
    }
    const bends = own.afterLane !== undefined && own.afterLane !== own.lane;
    return { above: [...above], below: [...below], ...(bends && { bend: own.afterLane }) };
  });
}
