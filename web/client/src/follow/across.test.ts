import { describe, expect, it } from "vitest";
import { nextAcross } from "./across";

const step = (topic: string, state: "OPEN" | "STARTED" = "OPEN") => ({ topic, level: "WORKING" as const, state });
const namesOf = (roadmaps: Parameters<typeof nextAcross>[0], count = 9) => nextAcross(roadmaps, count).map(({ step: { topic }, roadmaps: on }) => `${topic} ${on.map(({ id }) => id).join("")}`);

describe("what is next over all roadmaps", () => {
  it("is taken in turn from each", () => {
    expect(namesOf([{ id: "a", title: "A", next: [step("git"), step("rest")] }, { id: "b", title: "B", next: [step("kafka")] }])).toEqual(["git a", "kafka b", "rest a"]);
  });

  it("has what is begun first, then what serves several", () => {
    const a = { id: "a", title: "A", next: [step("git"), step("rest")] };
    const b = { id: "b", title: "B", next: [step("kafka", "STARTED"), step("rest")] };
    expect(namesOf([a, b])).toEqual(["kafka b", "rest ab", "git a"]);
    expect(namesOf([a, b], 1)).toEqual(["kafka b"]);
  });

  it("is done where it was begun", () => {
    expect(namesOf([{ id: "a", title: "A", next: [step("git")] }, { id: "b", title: "B", next: [step("git", "STARTED")] }])).toEqual(["git ba"]);
  });

  it("is nothing without roadmaps", () => {
    expect(nextAcross([], 3)).toEqual([]);
  });
});
