import { describe, expect, it } from "vitest";
import type { Entry } from "../api/outbox-core";
import { about, ahead } from "./optimistic";
import type { SavedStep } from "./saved-plan";

const step = (topic: string): SavedStep => ({
  position: 1,
  topic,
  level: "WORKING",
  hours: 1,
  weight: 1,
  startsOn: "2026-01-01",
  finishesOn: "2026-01-02",
  deferred: false,
  state: "OPEN",
  ready: true,
  endedAt: null,
  hoursSpent: 0,
  role: null,
  needs: [],
  step: null,
});

const entry = (operation: string, topic: string, roadmap = "mine"): Entry => ({
  id: `${operation} ${topic}`,
  learner: "ada",
  operation,
  input: { roadmap, step: { topic, level: "WORKING" } },
});

describe("what waits to be sent", () => {
  it("is shown as if it were done, and as waiting", () => {
    const shown = ahead([step("git"), step("rest")], [entry("startStep", "git"), entry("completeStep", "git"), entry("logStudy", "rest")]);
    expect(shown.map(({ topic, state, isWaiting }) => ({ topic, state, isWaiting }))).toEqual([
      { topic: "git", state: "COMPLETED", isWaiting: true },
      { topic: "rest", state: "OPEN", isWaiting: false },
    ]);
  });

  it("takes back by one what is reopened", () => {
    const shown = ahead([step("git"), step("rest")], [entry("completeStep", "git"), entry("reopenStep", "git"), entry("startStep", "rest"), entry("reopenStep", "rest")]);
    expect(shown.map(({ state }) => state)).toEqual(["STARTED", "OPEN"]);
  });

  it("is shown where it belongs", () => {
    expect(about([entry("startStep", "git", "another")], "mine")).toEqual([]);
  });
});
