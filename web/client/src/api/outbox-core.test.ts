import { describe, expect, it } from "vitest";
import { outboxOf, type Entry, type Outcome, type Refusal, type Sends } from "./outbox-core";

/** A browser in which things are written down, and a server that answers as it is told to. */
function browser(kept: Entry[] = []) {
  const state = { kept, sent: [] as string[], waits: [] as (() => void)[], pauses: [] as number[], refused: [] as Refusal[], caughtUp: 0 };
  const answers: Outcome[] = [];
  const senders: Sends[] = [];
  let last = Promise.resolve();
  let ids = 0;
  const outbox = outboxOf({
    read: async () => state.kept,
    change: async (how) => void (state.kept = how(state.kept)),
    send: async (entry) => {
      state.sent.push(entry.id);
      return answers.shift() ?? { kind: "done" };
    },
    sendsFor: async () => senders.shift() ?? "yes",
    alone: (what) => (last = last.then(what)),
    wait: (milliseconds, then) => void (state.pauses.push(milliseconds), state.waits.push(then)),
    newId: () => `id-${++ids}`,
    changed: () => undefined,
    refused: async (refusal) => void state.refused.push(refusal),
    caughtUp: () => state.caughtUp++,
  });
  /** Until all that is under way has come to rest. */
  const rest = async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    await last;
  };
  return { state, answers, senders, outbox, rest };
}

const UNANSWERED: Outcome = { kind: "unanswered" };

describe("the outbox", () => {
  it("sends in order, and crosses out what is answered", async () => {
    const { state, outbox, rest } = browser();
    await outbox.add("ada", "startStep", { step: 1 });
    await outbox.add("ada", "completeStep", { step: 1 });
    await rest();
    expect(state.sent).toEqual(["id-1", "id-2"]);
    expect(state.kept).toEqual([]);
    expect(state.caughtUp).toBe(0);
  });

  it("keeps what is not answered, and sends it again under the same name, ever more seldom", async () => {
    const { state, answers, outbox, rest } = browser();
    answers.push(UNANSWERED, UNANSWERED, UNANSWERED);
    await outbox.add("ada", "startStep", {});
    await rest();
    for (let time = 0; time < 3; time++) {
      expect(state.kept).toHaveLength(1);
      state.waits[time]?.();
      await rest();
    }
    expect(state.sent).toEqual(["id-1", "id-1", "id-1", "id-1"]);
    expect(state.pauses).toEqual([1000, 2000, 4000]);
    expect(state.kept).toEqual([]);
    expect(state.caughtUp).toBe(1);
  });

  it("sends nothing past what is not answered", async () => {
    const { state, answers, outbox, rest } = browser();
    answers.push(UNANSWERED);
    await outbox.add("ada", "startStep", {});
    await rest();
    answers.push(UNANSWERED);
    await outbox.add("ada", "completeStep", {});
    await rest();
    expect(state.sent).toEqual(["id-1", "id-1"]);
    expect(state.kept.map(({ id }) => id)).toEqual(["id-1", "id-2"]);
  });

  it("waits as long as the server says", async () => {
    const { state, answers, outbox, rest } = browser();
    answers.push({ kind: "unanswered", wait: 5000 });
    await outbox.add("ada", "startStep", {});
    await rest();
    expect(state.pauses).toEqual([5000]);
  });

  it("tells what is refused, and goes on with what comes after", async () => {
    const { state, answers, outbox, rest } = browser();
    answers.push({ kind: "refused", messages: ["No such step."] });
    await outbox.add("ada", "startStep", { step: 1 });
    await outbox.add("ada", "startStep", { step: 2 });
    await rest();
    expect(state.refused).toMatchObject([{ entry: { id: "id-1" }, messages: ["No such step."] }]);
    expect(state.kept).toEqual([]);
    expect(state.sent).toEqual(["id-1", "id-2"]);
  });

  it("sends nothing in another's name, and keeps what waits for somebody", async () => {
    const { state, answers, outbox, rest } = browser([{ id: "hers", learner: "grace", operation: "startStep", input: {} }]);
    await outbox.add("ada", "startStep", {});
    await rest();
    expect(state.sent).toEqual(["id-1"]);
    expect(state.kept.map(({ id }) => id)).toEqual(["hers"]);
    answers.push({ kind: "signedOut" });
    await outbox.flush("grace");
    expect(state.kept.map(({ id }) => id)).toEqual(["hers"]);
    expect(state.waits).toEqual([]);
    await outbox.flush("grace");
    expect(state.kept).toEqual([]);
  });

  it("sends after a reload what was written down before", async () => {
    const { state, outbox, rest } = browser([{ id: "before", learner: "ada", operation: "startStep", input: {} }]);
    await outbox.flush("ada");
    await rest();
    expect(state.sent).toEqual(["before"]);
    expect(state.caughtUp).toBe(1);
  });

  it("sends nothing while somebody else is signed in, and asks again where that is not known", async () => {
    const { state, senders, outbox, rest } = browser();
    senders.push("no");
    await outbox.add("ada", "startStep", {});
    await rest();
    expect(state).toMatchObject({ sent: [], waits: [] });
    senders.push("unknown");
    await outbox.flush("ada");
    expect(state.sent).toEqual([]);
    state.waits[0]?.();
    await rest();
    expect(state.sent).toEqual(["id-1"]);
    expect(state.caughtUp).toBe(1);
  });

  it("says what a refused thing was about", async () => {
    const { state, answers, outbox, rest } = browser();
    answers.push({ kind: "refused", messages: ["No such step."] });
    await outbox.add("ada", "startStep", {}, "Caching, working");
    await rest();
    expect(state.refused).toMatchObject([{ entry: { about: "Caching, working" } }]);
  });

  it("forgets what is a learner's, and keeps what is others'", async () => {
    const { state, outbox } = browser(["ada", "grace"].map((learner) => ({ id: `of ${learner}`, learner, operation: "startStep", input: {} })));
    await outbox.forget("ada");
    expect(state.kept.map(({ id }) => id)).toEqual(["of grace"]);
    expect(state.sent).toEqual([]);
  });
});
