/** In which column of the graph each step stands. */
import type { PlanStep } from "../model";

/** A drawing so many times as wide as it is tall is wanted; a column is so many times as wide as a row is tall. */
const WANTED_SHAPE = 1.4;
const SHAPE_OF_STEP = 4.4;
const FEWEST_ROWS = 5;

/** How many steps a column holds at most, so that the whole is neither a ribbon nor a tower. */
const tallestColumn = (steps: number) => Math.max(FEWEST_ROWS, Math.ceil(Math.sqrt((steps * SHAPE_OF_STEP) / WANTED_SHAPE)));

/**
 * A column for each step: right of all that it needs and of the milestones before its own, as far left as there is room. The order of a roadmap has
 * what is needed first, so going through it once is enough.
 */
export function columnsOf(steps: readonly PlanStep[], tallest = tallestColumn(steps.length)): Map<string, number> {
  const columns = new Map<string, number>();
  const heights: number[] = [];
  let [milestone, first] = [0, 0];
  for (const step of steps) {
    if (step.milestone !== milestone) [milestone, first] = [step.milestone, heights.length];
    const needed = step.needs.map((key) => columns.get(key) ?? -1);
    let column = Math.max(first, ...needed.map((one) => one + 1));
    while ((heights[column] ?? 0) >= tallest) column++;
    columns.set(step.key, column);
    // Columns that nothing stands in yet are there all the same.
    while (heights.length <= column) heights.push(0);
    heights[column] = (heights[column] ?? 0) + 1;
  }
  return columns;
}
