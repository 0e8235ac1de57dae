/** Where the keys lead on the graph: along the lines, within a column, and through the order of the roadmap. */
import type { Plan } from "../model";
import type { Placement } from "./placement";

type Move = (from: string, plan: Plan, placement: Placement) => string | undefined;

/** Of several steps the one whose height is nearest. */
function nearest(from: string, keys: readonly string[], { steps }: Placement): string | undefined {
  const height = (key: string) => steps.get(key)?.y ?? 0;
  const away = (key: string) => Math.abs(height(key) - height(from));
  return keys.toSorted((one, other) => away(one) - away(other))[0];
}

const beside =
  (by: number): Move =>
  (from, _, { columns }) => {
    const column = columns.find((keys) => keys.includes(from)) ?? [];
    return column[column.indexOf(from) + by];
  };

const inOrder =
  (by: number): Move =>
  (from, { steps }) =>
    steps[steps.findIndex(({ key }) => key === from) + by]?.key;

export const MOVES: Readonly<Record<string, Move>> = {
  ArrowLeft: (from, { byKey }, placement) => nearest(from, byKey.get(from)?.needs ?? [], placement),
  ArrowRight: (from, { byKey }, placement) => nearest(from, byKey.get(from)?.unlocks ?? [], placement),
  ArrowUp: beside(-1),
  ArrowDown: beside(1),
  PageUp: inOrder(-1),
  PageDown: inOrder(1),
  Home: (_, { steps }) => steps[0]?.key,
  End: (_, { steps }) => steps.at(-1)?.key,
};
