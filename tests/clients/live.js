// graphql-ws and graphql-sse: queries, a subscription with its first event, and an error.

import assert from "node:assert/strict";

import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import { WebSocket } from "ws";

import { socketUrl, url } from "./server.js";

const FOLLOW = "subscription { catalogChanged(since: 0) { previousRevision catalog { revision } } }";

for (const client of [
  createWsClient({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0 }),
  createSseClient({ url, retryAttempts: 0 }),
]) {
  const first = async (query) => {
    for await (const answer of client.iterate({ query })) return answer;
  };
  assert.equal((await first("{ topic(slug: \"go\") { slug } }")).data.topic.slug, "go");
  assert.equal((await first(FOLLOW)).data.catalogChanged.previousRevision, 0);
  const errors = await first("{ nothing }").then((answer) => answer.errors, (errors) => errors);
  assert.equal(errors[0].extensions.code, "BAD_USER_INPUT");
  await client.dispose();
}
