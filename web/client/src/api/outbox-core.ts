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
  /** What it is about, in words: for when it has to be told that it was refused. */
  about?: string;
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

/** `unknown` where nobody can tell: the server is to be asked again. */
export type Sends = "yes" | "no" | "unknown";

export interface Refusal {
  entry: Entry;
  messages: string[];
}

export interface Given {
  read: () => Promise<Entry[]>;
  /** Changes what is kept, as one step that nothing comes between. */
  change: (how: (entries: Entry[]) => Entry[]) => Promise<void>;
  send: (entry: Entry) => Promise<Outcome>;
  /** Whether what is sent now is sent in this learner's name. */
  sendsFor: (learner: string) => Promise<Sends>;
  /** Only one at a time, over all windows. */
  alone: (what: () => Promise<void>) => Promise<void>;
  /** Calls back later. */
  wait: (milliseconds: number, then: () => void) => void;
  newId: () => string;
  /** Told of what is kept each time that it has changed here. */
  changed: (entries: Entry[]) => void;
  /** Writes down that something was refused, before it is crossed out. */
  refused: (refusal: Refusal) => Promise<void>;
  /** Told when all of a learner's things have been sent after some had to wait. */
  caughtUp: () => void;
}

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

export interface Outbox {
  /** Writes it down, and begins to send. */
  add: (learner: string, operation: string, input: Record<string, unknown>, about?: string) => Promise<Entry>;
  /** Sends what has been waiting of a learner's, in order. */
  flush: (learner: string) => Promise<void>;
  /** Crosses out all of a learner's, unsent: there is nobody any more to send it for. */
  forget: (learner: string) => Promise<void>;
}

export function outboxOf(given: Given): Outbox {
  let pause = FIRST_PAUSE;
  let isWaiting = false;
  let hasWaited = false;
  const change = async (how: (entries: Entry[]) => Entry[]) => {
    await given.change(how);
    given.changed(await given.read());
  };
  const hasAny = async (learner: string) => (await given.read()).some((entry) => entry.learner === learner);
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
        if (outcome.kind === "refused") await given.refused({ entry, messages: outcome.messages });
        await remove(entry.id);
        if (hasWaited && !(await hasAny(learner))) {
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
      void sendAll(learner);
    });
  }

  async function sendAll(learner: string): Promise<void> {
    await given.alone(async () => {
      if (!(await hasAny(learner))) {
        // Another window has sent it.
        hasWaited = false;
        return;
      }
      const sends = await given.sendsFor(learner);
      if (sends === "yes") while (await sendFirst(learner));
      if (sends === "unknown") {
        hasWaited = true;
        waitFor(learner, pause);
      }
    });
  }

  return {
    async add(learner, operation, input, about) {
      const entry = { id: given.newId(), learner, operation, input, ...(about !== undefined && { about }) };
      await change((entries) => [...entries, entry]);
      void sendAll(learner);
      return entry;
    },
    async flush(learner) {
      hasWaited ||= await hasAny(learner);
      await sendAll(learner);
    },
    forget: (learner) => change((entries) => entries.filter((entry) => entry.learner !== learner)),
  };
}
