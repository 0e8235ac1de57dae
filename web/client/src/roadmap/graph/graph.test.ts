import { describe, expect, test } from "vitest";
import { columnsOf } from "./columns";
import { litBy } from "./lit";
import { MOVES } from "./moves";
import { placementOf } from "./placement";
import { apart } from "./rows";
import { planOfSteps } from "./sample";

const plan = planOfSteps(["a", 0], ["b", 0, "a"], ["c", 0], ["d", 1, "b", "c"], ["e", 1], ["f", 1, "e"]);

describe("columns", () => {
  test("a step stands right of all that it needs, and a milestone right of the one before", () => {
    expect(Object.fromEntries(columnsOf(plan.steps))).toEqual({ a: 0, b: 1, c: 0, d: 2, e: 2, f: 3 });
  });

  test("a column that is full leaves the next step to the one after it", () => {
    const columns = columnsOf(planOfSteps(["a", 0], ["b", 0], ["c", 0], ["d", 0, "c"]).steps, 2);
    expect(Object.fromEntries(columns)).toEqual({ a: 0, b: 0, c: 1, d: 2 });
  });

  test("a milestone begins behind the widest part of the one before", () => {
    const columns = columnsOf(planOfSteps(["a", 0], ["b", 0, "a"], ["c", 0, "b"], ["d", 1]).steps);
    expect(columns.get("d")).toBe(3);
  });
});

describe("rows", () => {
  test("what is far enough apart stays where it is wanted", () => {
    expect(apart([-2, 0, 5])).toEqual([-2, 0, 5]);
  });

  test("what is wanted in one place is spread evenly around it", () => {
    expect(apart([3, 3, 3])).toEqual([2, 3, 4]);
  });

  test("no two steps of a column are nearer than a row", () => {
    const heights = apart([0, 0.1, 0.2, 4, 4.5, 4.4]);
    heights.slice(1).forEach((height, index) => expect(height - (heights[index] ?? 0)).toBeGreaterThanOrEqual(1 - 1e-9));
  });
});

describe("placement", () => {
  const placement = placementOf(plan);

  test("has a place for each step, a line for each need, and a band for each milestone", () => {
    expect([...placement.steps.keys()].toSorted()).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(placement.lines.map(({ from, to }) => from + to)).toEqual(["ab", "bd", "cd", "ef"]);
    expect(placement.bands.map(({ milestone }) => milestone)).toEqual([0, 1]);
  });

  test("all of it is within its size", () => {
    for (const { x, y } of placement.steps.values()) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThan(placement.width);
      expect(y).toBeLessThan(placement.height);
    }
  });

  test("neighbouring bands share their edge", () => {
    const [one, other] = placement.bands;
    expect((one?.left ?? 0) + (one?.width ?? 0)).toBe(other?.left);
  });
});

test("what a step needs and what needs it are followed to the end", () => {
  const lit = litBy(plan, "b");
  expect([...lit.before]).toEqual(["a"]);
  expect([...lit.after]).toEqual(["d"]);
  expect([...litBy(plan, "d").before].toSorted()).toEqual(["a", "b", "c"]);
});

describe("keys", () => {
  const placement = placementOf(plan);
  const go = (key: string, from: string) => MOVES[key]?.(from, plan, placement);

  test("left and right follow the lines", () => {
    expect(go("ArrowRight", "a")).toBe("b");
    expect(go("ArrowLeft", "b")).toBe("a");
    expect(go("ArrowLeft", "a")).toBeUndefined();
  });

  test("up and down stay in the column", () => {
    const [upper = "", lower = ""] = placement.columns[0] ?? [];
    expect(go("ArrowDown", upper)).toBe(lower);
    expect(go("ArrowUp", lower)).toBe(upper);
    expect(go("ArrowUp", upper)).toBeUndefined();
  });

  test("page up and down follow the order, home and end lead to its ends", () => {
    expect(go("PageDown", "b")).toBe("c");
    expect(go("PageUp", "a")).toBeUndefined();
    expect(go("Home", "d")).toBe("a");
    expect(go("End", "a")).toBe("f");
  });
});
