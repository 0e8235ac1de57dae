/** The outbox of this browser: kept in its database, sent by one window at a time, and the same in all of them. */
import { get, update } from "idb-keyval";
import type { CombinedError, TypedDocumentNode } from "@urql/core";
import { ForgetSkillsDocument, RecordSkillsDocument } from "../account/skills.generated";
import { CompleteStepDocument, DeleteStudyDocument, LogStudyDocument, ReopenStepDocument, SkipStepDocument, StartStepDocument } from "../follow/steps.generated";
import { say } from "../shell/toasts";
import { ViewerDocument } from "../shell/viewer.generated";
import { client } from "./client";
import { connection } from "./connection";
import { errorsOf } from "./errors";
import { outboxOf, type Entry, type Outcome, type Refusal } from "./outbox-core";
import { store } from "./store";

/** What can be done through it. */
const OPERATIONS = {
  startStep: StartStepDocument,
  completeStep: CompleteStepDocument,
  reopenStep: ReopenStepDocument,
  skipStep: SkipStepDocument,
  logStudy: LogStudyDocument,
  deleteStudy: DeleteStudyDocument,
  recordSkills: RecordSkillsDocument,
  forgetSkills: ForgetSkillsDocument,
} as const;

export type Operation = keyof typeof OPERATIONS;
type InputOf<O extends Operation> = (typeof OPERATIONS)[O] extends TypedDocumentNode<unknown, infer V extends { input: unknown }> ? V["input"] : never;

const KEY = "waymark.outbox";
const LOCK = "waymark.outbox";

/** What waits to be sent, whoever's it is; what was refused and not yet read. */
export const waiting = store<Entry[]>([]);
export const refusals = store<Refusal[]>([]);
/** Whose things are sent now. */
export const sender = store<string | undefined>(undefined);

const others = new BroadcastChannel("waymark.outbox");
const read = async () => (await get<Entry[]>(KEY)) ?? [];

const outbox = outboxOf({
  read,
  change: (how) => update<Entry[]>(KEY, (entries) => how(entries ?? [])),
  send,
  alone: (what) => navigator.locks.request(LOCK, what),
  wait: (milliseconds, then) => void setTimeout(then, milliseconds),
  newId: () => crypto.randomUUID(),
  changed: (entries) => {
    waiting.set(entries);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
    others.postMessage("changed");
  },
  refused: (refusal) => refusals.set([...refusals.get(), refusal]),
  caughtUp: () => say("All changes are saved."),
});

others.addEventListener("message", () => void read().then(waiting.set));
void read().then(waiting.set);
connection.follow((state) => {
  if (state === "there") flush();
});
sender.follow(flush);

function flush() {
  const learner = sender.get();
  if (learner !== undefined) void outbox.flush(learner);
}

/** Has something done: it is written down when this is over, and sent when it can be. */
export async function doLater<O extends Operation>(operation: O, input: InputOf<O>): Promise<void> {
  const learner = sender.get();
  if (learner === undefined) return say("Sign in first.");
  await outbox.add(learner, operation, input as Record<string, unknown>);
}

async function send({ id, learner, operation, input }: Entry): Promise<Outcome> {
  if (learner !== sender.get() || !(operation in OPERATIONS)) return { kind: "signedOut" };
  const document = OPERATIONS[operation as Operation] as TypedDocumentNode<Record<string, { userErrors: { message: string }[] } | null>, { input: object }>;
  const { data, error } = await client.mutation(document, { input: { ...input, clientMutationId: id } }).toPromise();
  if (error) return outcomeOf(error);
  const messages = Object.values(data ?? {}).flatMap((payload) => payload?.userErrors.map(({ message }) => message) ?? []);
  return messages.length > 0 ? { kind: "refused", messages } : { kind: "done" };
}

/** What an error means for what was sent: whether it was answered at all, and for good. */
function outcomeOf(error: CombinedError): Outcome {
  const errors = errorsOf(error);
  const has = (code: string) => errors.some((one) => one.code === code);
  if (has("UNAUTHENTICATED")) {
    // Everybody on the page is to know that the session has ended.
    client.query(ViewerDocument, {}, { requestPolicy: "network-only" }).toPromise();
    return { kind: "signedOut" };
  }
  if (has("RATE_LIMITED")) {
    const seconds = Number(errors.find(({ code }) => code === "RATE_LIMITED")?.extensions["retryAfter"] ?? 0);
    return { kind: "unanswered", wait: Number.isFinite(seconds) ? seconds * 1000 : 0 };
  }
  const isForGood = errors.length > 0 && !has("UNREACHABLE") && !has("INTERNAL") && (error.response === undefined || error.response.status < 500);
  return isForGood ? { kind: "refused", messages: errors.map(({ message }) => message) } : { kind: "unanswered" };
}
