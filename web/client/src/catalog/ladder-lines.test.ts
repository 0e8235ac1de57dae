import { expect, test } from "vitest";
import { ladderRows } from "../question/ladder-shape";
import { linesOf } from "./ladder-lines";

const rung = (slug: string, after?: string) => ({ slug, title: slug, summary: slug, after: after === undefined ? null : { slug: after } });

test("a straight ladder is one line", () => {
  const lines = linesOf(ladderRows([rung("a"), rung("b", "a"), rung("c", "b")]));
  expect(lines).toEqual([
    { above: [], below: [0] },
    { above: [0], below: [0] },
    { above: [0], below: [] },
  ]);
});

test("branches bend into the line of the role that they come after, and pass by others", () => {
  const lines = linesOf(ladderRows([rung("a"), rung("b", "a"), rung("c", "a"), rung("d", "c")]));
  // From the top down: d on c, c beside a's line, b beside it, a.
  expect(lines).toEqual([
    { above: [], below: [1] },
    { above: [1], below: [0], bend: 0 },
    { above: [0], below: [0], bend: 0 },
    { above: [0], below: [] },
  ]);
});
