/** Where everything on the graph stands: steps in columns, milestones as bands of columns, lines from what is needed to what needs it. */
import type { Plan, PlanStep } from "../model";
import { columnsOf } from "./columns";
import { rowsOf } from "./rows";

export interface Point {
  x: number;
  y: number;
}

export interface Line {
  from: string;
  to: string;
  path: string;
}

interface Band {
  milestone: number;
  left: number;
  width: number;
}

export interface Placement {
  width: number;
  height: number;
  /** The upper left corner of each step. */
  steps: ReadonlyMap<string, Point>;
  /** The steps of each column, from above. */
  columns: string[][];
  lines: Line[];
  bands: Band[];
}

export const STEP = { width: 236, height: 56 };
const COLUMN = STEP.width + 76;
const ROW = STEP.height + 14;
/** Room around all steps. */
const MARGIN = 36;

export function placementOf(plan: Plan): Placement {
  const column = columnsOf(plan.steps);
  const columns: string[][] = [];
  for (const { key } of plan.steps) (columns[column.get(key) ?? 0] ??= []).push(key);
  const rows = rowsOf(columns, new Map(plan.steps.map(({ key, needs, unlocks }) => [key, [...needs, ...unlocks]])));
  const top = Math.min(0, ...rows.values());
  const bottom = Math.max(0, ...rows.values());
  const at = (key: string): Point => ({ x: MARGIN + (column.get(key) ?? 0) * COLUMN, y: MARGIN + ((rows.get(key) ?? 0) - top) * ROW });
  const steps = new Map(plan.steps.map(({ key }) => [key, at(key)]));
  return {
    width: 2 * MARGIN + columns.length * COLUMN - (COLUMN - STEP.width),
    height: 2 * MARGIN + (bottom - top) * ROW + STEP.height,
    steps,
    columns: columns.map((keys) => keys.toSorted((one, other) => (rows.get(one) ?? 0) - (rows.get(other) ?? 0))),
    lines: plan.steps.flatMap(({ key, needs }) => needs.map((needed) => ({ from: needed, to: key, path: pathOf(at(needed), at(key)) }))),
    bands: bandsOf(plan.steps, column),
  };
}

/** From the right side of one to the left side of the other, level at both. */
function pathOf(from: Point, to: Point): string {
  const [x, y] = [from.x + STEP.width, from.y + STEP.height / 2];
  const [endX, endY] = [to.x, to.y + STEP.height / 2];
  const bend = Math.max(36, (endX - x) * 0.45);
  return `M${r(x)},${r(y)}C${r(x + bend)},${r(y)},${r(endX - bend)},${r(endY)},${r(endX)},${r(endY)}`;
}

const r = (value: number) => Math.round(value * 10) / 10;

function bandsOf(steps: readonly PlanStep[], column: ReadonlyMap<string, number>): Band[] {
  const ends = new Map<number, [first: number, last: number]>();
  for (const { key, milestone } of steps) {
    const at = column.get(key) ?? 0;
    const [first, last] = ends.get(milestone) ?? [at, at];
    ends.set(milestone, [Math.min(first, at), Math.max(last, at)]);
  }
  const gap = COLUMN - STEP.width;
  return [...ends].map(([milestone, [first, last]]) => ({ milestone, left: MARGIN + first * COLUMN - gap / 2, width: (last - first + 1) * COLUMN }));
}
