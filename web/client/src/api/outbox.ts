/** The outbox of this browser: kept in its database, sent by one window at a time, and the same in all of them. */
import { get, update } from "idb-keyval";
import type { CombinedError, TypedDocumentNode } from "@urql/core";
import { ForgetSkillsDocument, RecordSkillsDocument } from "../account/skills.generated";
import { CompleteStepDocument, DeleteStudyDocument, LogStudyDocument, ReopenStepDocument, SkipStepDocument, StartStepDocument } from "../follow/steps.generated";
import { say } from "../shell/toasts";
import { ViewerDocument } from "../shell/viewer.generated";
import { client, ONCE } from "./client";
import { connection, noticingFetch } from "./connection";
import { errorsOf } from "./errors";
import { nameOf } from "./learner";
import { newId } from "./new-id";
import { outboxOf, type Entry, type Outcome, type Refusal, type Sends } from "./outbox-core";
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
const KEY_OF_REFUSED = "waymark.refused";
const LOCK = "waymark.outbox";
/** What is not answered by then is sent again: else a connection that hangs would hold up every window. */
const LONGEST_ANSWER = 30_000;

/** What waits to be sent, whoever's it is; what was refused and not yet read. */
export const waiting = store<Entry[]>([]);
export const refusals = store<Refusal[]>([]);
/** Whether something was sent that was not answered, and is to be sent again. */
export const isHeldUp = store(false);
/** Whose things are sent now. */
export const sender = store<string | undefined>(undefined);

const others = new BroadcastChannel("waymark.outbox");
const read = async () => (await get<Entry[]>(KEY)) ?? [];
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
const tellOthers = () => others.postMessage("changed");

const outbox = outboxOf({
  read,
  change: (how) => update<Entry[]>(KEY, (entries) => how(entries ?? [])),
  send,
  sendsFor,
  // Without TLS browsers have no locks; the server does each thing once all the same.
  alone: (what) => (navigator.locks as LockManager | undefined)?.request(LOCK, what) ?? what(),
  wait: (milliseconds, then) => {
    isHeldUp.set(true);
    setTimeout(then, milliseconds);
  },
  newId,
  changed: (entries) => {
    show(entries);
    tellOthers();
  },
  refused: (refusal) => changeRefusals((before) => [...before, refusal]),
  caughtUp: () => say("All changes are saved."),
});

function show(entries: Entry[]) {
  waiting.set(entries);
  if (!entries.some(({ learner }) => learner === sender.get())) isHeldUp.set(false);
}

async function changeRefusals(how: (refused: Refusal[]) => Refusal[]) {
  await update<Refusal[]>(KEY_OF_REFUSED, (refused) => how(refused ?? []));
  await readRefusals();
  tellOthers();
}

const readRefusals = async () => refusals.set((await get<Refusal[]>(KEY_OF_REFUSED)) ?? []);

/** What was refused first: whoever sees that something is no longer waiting is to know why. */
async function readAll() {
  await readRefusals();
  show(await read());
}

others.addEventListener("message", () => void readAll());
void readAll();
connection.follow((state) => {
  if (state === "there") flush();
});
sender.follow(flush);

/** Sends what waits, now. */
export function flush() {
  const learner = sender.get();
  if (learner !== undefined) void outbox.flush(learner);
}

/** Has something done: it is written down when this is over, and sent when it can be. `about` says in words what it is about. */
export async function doLater<O extends Operation>(operation: O, input: InputOf<O>, about?: string): Promise<void> {
  const learner = sender.get();
  if (learner === undefined) return say("Sign in first.");
  await outbox.add(learner, operation, input as Record<string, unknown>, about);
}

/** That somebody has read that it was refused. */
export const dismiss = (refusal: Refusal) => changeRefusals((refused) => refused.filter(({ entry }) => entry.id !== refusal.entry.id));

/** Keeps nothing of the learner's whose account is gone. */
export async function forgetOwn() {
  const learner = sender.get();
  if (learner === undefined) return;
  await outbox.forget(learner);
  await changeRefusals((refused) => refused.filter(({ entry }) => entry.learner !== learner));
}

/** Another window may have let somebody else in: the session is asked, not what this window believes. */
async function sendsFor(learner: string): Promise<Sends> {
  const { data, error } = await client.query(ViewerDocument, {}, { requestPolicy: "network-only", fetch: impatientFetch, ...ONCE }).toPromise();
  if (!data) return error && outcomeOf(error).kind === "signedOut" ? "no" : "unknown";
  return data.viewer && nameOf(data.viewer) === learner ? "yes" : "no";
}

const impatientFetch: typeof fetch = (input, init) => {
  const signals = [init?.signal, AbortSignal.timeout(LONGEST_ANSWER)].filter((signal) => !!signal);
  return noticingFetch(input, { ...init, signal: AbortSignal.any(signals) });
};

async function send({ id, operation, input }: Entry): Promise<Outcome> {
  if (!(operation in OPERATIONS)) return { kind: "refused", messages: ["This version of the page can't do that any more."] };
  const document = OPERATIONS[operation as Operation] as TypedDocumentNode<Record<string, { userErrors: { message: string }[] } | null>, { input: object }>;
  const { data, error } = await client.mutation(document, { input: { ...input, clientMutationId: id } }, { fetch: impatientFetch }).toPromise();
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
  const isForGood = errors.length > 0 && !has("UNREACHABLE") && !has("INTERNAL") && !has("UNAVAILABLE") && (error.response === undefined || error.response.status < 500);
  return isForGood ? { kind: "refused", messages: errors.map(({ message }) => message) } : { kind: "unanswered" };
}
