/**
 * What is to be done, kept until the server has answered. Each thing is written down before it is sent, sent in order under a name of its own (its
 * `clientMutationId`, under which the server does it once), and crossed out only by an answer. Nothing here knows of browsers: what it is kept in, what
 * sends it and what waits are given.
 */

/** Something to be done. */
export interface Entry<Operation extends string = string> {
  /** The name of the request. */
  id: string;
  /** Whose it is: nothing is sent in another's name. */
  learner: string;
  operation: Operation;
  input: Record<string, unknown>;
}

/** What came of sending it. */
export type Outcome =
  /** It is done. */
  | { kind: "done" }
  /** It will not be done, and why. */
  | { kind: "refused"; messages: string[] }
  /** Nobody can tell: it is to be sent again, after so many milliseconds at least. */
  | { kind: "unanswered"; wait?: number }
  /** The session has ended: it waits until the learner is back. */
  | { kind: "signedOut" };

export interface Refusal {
  entry: Entry;
  messages: string[];
}

export interface Given {
  read: () => Promise<Entry[]>;
  /** Changes what is kept, as one step that nothing comes between. */
  change: (how: (entries: Entry[]) => Entry[]) => Promise<void>;
  send: (entry: Entry) => Promise<Outcome>;
  /** Only one at a time, over all windows. */
  alone: (what: () => Promise<void>) => Promise<void>;
  /** Calls back later. */
  wait: (milliseconds: number, then: () => void) => void;
  newId: () => string;
  /** Told of what is kept each time that it has changed here. */
  changed: (entries: Entry[]) => void;
  refused: (refusal: Refusal) => void;
  /** Told when all of a learner's things have been sent after some had to wait. */
  caughtUp: () => void;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

export interface Outbox {
  /** Writes it down, and begins to send. */
  add: (learner: string, operation: string, input: Record<string, unknown>) => Promise<Entry>;
  /** Sends what is there of a learner's, in order. */
  flush: (learner: string) => Promise<void>;
}

export function outboxOf(given: Given): Outbox {
  let pause = FIRST_PAUSE;
  let isWaiting = false;
  let hasWaited = false;
  const change = async (how: (entries: Entry[]) => Entry[]) => {
    await given.change(how);
    given.changed(await given.read());
  };
  const remove = (id: string) => change((entries) => entries.filter((entry) => entry.id !== id));

  /** Sends the first; whether to go on. */
  async function sendFirst(learner: string): Promise<boolean> {
    const entry = (await given.read()).find((one) => one.learner === learner);
    if (!entry) return false;
    const outcome = await given.send(entry);
    switch (outcome.kind) {
      case "done":
      case "refused":
        pause = FIRST_PAUSE;
        await remove(entry.id);
        if (outcome.kind === "refused") given.refused({ entry, messages: outcome.messages });
        if (hasWaited && !(await given.read()).some((one) => one.learner === learner)) {
          hasWaited = false;
          given.caughtUp();
        }
        return true;
      case "unanswered":
        hasWaited = true;
        waitFor(learner, Math.max(pause, outcome.wait ?? 0));
        return false;
      case "signedOut":
        return false;
    }
  }

  function waitFor(learner: string, milliseconds: number) {
    if (isWaiting) return;
    isWaiting = true;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    given.wait(milliseconds, () => {
      isWaiting = false;
      void flush(learner);
    });
  }

  async function flush(learner: string): Promise<void> {
    await given.alone(async () => {
      while (await sendFirst(learner));
    });
  }

  return {
    async add(learner, operation, input) {
      const entry = { id: given.newId(), learner, operation, input };
      await change((entries) => [...entries, entry]);
      void flush(learner);
      return entry;
    },
    flush,
  };
}
