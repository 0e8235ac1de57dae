// The server against graphql-js: every document and every set of variables is accepted exactly when graphql-js accepts them, and an
// answer has exactly the shape that was asked for. Over POST, over a WebSocket, and as a stream of events.
//
// WAYMARK_SEED chooses other random requests, WAYMARK_REQUESTS how many. WAYMARK_ONLY asks for one of them alone, by the number that a
// failure names.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import { WebSocket } from "ws";

import { startServer } from "../../web/checks/server.js";
import { requests } from "./generate.js";
import { judge, schema } from "./oracle.js";
import { misshapen } from "./shape.js";

const SEED = Number(process.env.WAYMARK_SEED ?? 1);
const REQUESTS = Number(process.env.WAYMARK_REQUESTS ?? 4000);
const AT_ONCE = 8;
const SHOWN = 20;

const ONLY = process.env.WAYMARK_ONLY;

const cases = JSON.parse(await readFile(new URL("documents.json", import.meta.url), "utf8"));
const made = [...requests(schema, SEED, REQUESTS)].map((request, number) => ({ number, ...request }));
const random = made.filter((request) => !isSilent(request));
const one = made.filter(({ number }) => String(number) === ONLY);
const all = ONLY === undefined ? [...cases, ...random] : one;

describe("conformance with graphql-js", () => {
  let server;

  before(async () => {
    const small = fileURLToPath(new URL("../fixtures/small.yaml", import.meta.url));
    const beyondReach = ["cost", "depth", "fields", "root-fields", "aliases", "directives", "fragments", "values", "tokens", "nesting"];
    server = await startServer(small, ...beyondReach.flatMap((limit) => [`--limit-${limit}`, "1000000000"]));
  });
  after(async () => await server?.stop());

  test("the cases are judged as graphql-js judges them now", () => {
    const stale = cases.filter((one) => judge(one).valid !== one.valid);
    assert.deepEqual(stale, [], "judge them anew: npm run judge");
  });

  test("over POST", async (t) => {
    const valid = random.filter((request) => judge(request).valid).length;
    t.diagnostic(`seed ${SEED}: ${all.length} requests; of ${random.length} random ones ${valid} are right`);
    await agree(all, (request) => posted(server, request));
  });

  test("over a WebSocket", async (t) => {
    const client = createWsClient({ url: `ws://${server.address}/graphql/ws`, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0 });
    t.after(() => client.dispose());
    t.diagnostic(`seed ${SEED}: ${all.length} requests`);
    await agree(all, (request) => first(client, request));
  });

  test("as streams of events", async (t) => {
    const client = createSseClient({ url: `${server.origin}/graphql`, retryAttempts: 0 });
    t.after(() => client.dispose());
    t.diagnostic(`seed ${SEED}: ${all.length} requests`);
    await agree(all, (request) => first(client, request));
  });
});

/** Whether a request is a subscription that has nothing to tell until something happens. */
function isSilent(request) {
  const { valid, operation } = judge(request);
  return valid && operation.operation === "subscription" && !/catalogChanged\(since: 0\)/.test(request.document);
}

/** Asks for all, some at once, and fails with the requests that are judged otherwise or answered in another shape. */
async function agree(all, ask) {
  const wrong = [];
  const left = all.values();
  const worker = async () => {
    for (const request of left) {
      const verdict = judge(request);
      const answer = await ask(request);
      const fault = disagreement(request, verdict, answer);
      if (fault) wrong.push({ fault, ...request, why: verdict.why, answer: JSON.stringify(answer).slice(0, 500) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  assert.deepEqual(wrong.slice(0, SHOWN), [], `seed ${SEED}: ${wrong.length} of ${all.length}; WAYMARK_SEED=${SEED} WAYMARK_ONLY=number asks again`);
}

function disagreement(request, verdict, answer) {
  const isAccepted = "data" in answer;
  if (isAccepted !== verdict.valid) return isAccepted ? "accepted" : "refused";
  if (isAccepted && answer.data === null) return answer.errors?.length ? undefined : "null without an error";
  if (isAccepted) return misshapen(schema, verdict, request.variables, answer.data);
  const { errors } = answer;
  if (errors.length > 20) return "more than 20 errors";
  if (errors.some(({ extensions }) => extensions?.code !== "BAD_USER_INPUT")) return "another code";
  if (errors.some(({ message }) => message.length > 400 || /[╭│╰─]|apollo|async.graphql/i.test(message))) return "another's words";
  return undefined;
}

/** The answer to a request over POST; a subscription's first, as a stream. */
async function posted(server, { document, variables, operationName }) {
  const isFollowed = /subscription/.test(document);
  const response = await fetch(`${server.origin}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: isFollowed ? "application/graphql-response+json, text/event-stream;q=0.9" : "application/graphql-response+json",
    },
    body: JSON.stringify({ query: document, variables, operationName }),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.headers.get("content-type").startsWith("text/event-stream")) {
    const answer = await response.json();
    assert.equal(response.status, "data" in answer ? 200 : 400, JSON.stringify(answer));
    return answer;
  }
  let text = "";
  for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
    text += bytes;
    const event = /^data: ?(\{.*\})$/m.exec(text);
    if (event) return JSON.parse(event[1]);
  }
  throw new Error(`no event: ${text}`);
}

/** The first answer over a client of the protocols for what stays open. */
function first(client, { document, variables, operationName }) {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const answered = (answer) => {
      resolve(answer);
      queueMicrotask(() => stop());
    };
    stop = client.subscribe(
      { query: document, variables, operationName },
      {
        next: answered,
        error: (error) => (Array.isArray(error) ? answered({ errors: error }) : reject(error)),
        complete: () => reject(new Error(`no answer: ${document}`)),
      },
    );
  });
}
