// What stays open: subscriptions by the clients that browsers use, the codes that a WebSocket is closed with, clients that are slow or vanish,
// and a server that ends.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import { WebSocket } from "ws";

import { startServer } from "./server.js";

const small = fileURLToPath(new URL("../../tests/fixtures/small.yaml", import.meta.url));
const FOLLOW = "subscription($since: Int) { catalogChanged(since: $since) { previousRevision catalog { revision topicCount } } }";
const PROTOCOL = "graphql-transport-ws";

/** Imports a catalogue that is none of those before; answers the revision that it becomes. */
async function importAnother(server) {
  server.imports = (server.imports ?? 0) + 1;
  const text = await readFile(small, "utf8");
  const file = join(server.folder, "another.yaml");
  await writeFile(file, text.replace("title: Go", `title: Go ${server.imports}`));
  const { stdout } = await server.importBeside(file);
  return Number(/revision (\d+)/.exec(stdout)[1]);
}

async function revision(server) {
  const response = await fetch(`${server.origin}/graphql?query={catalog{revision}}`);
  return (await response.json()).data.catalog.revision;
}

/** The first answer of a subscription. */
async function first(client, request) {
  for await (const answer of client.iterate(request)) return answer;
  throw new Error("it ended without an answer");
}

/** A WebSocket without a client's library, and the code that it is closed with. */
function raw(server, { path = "/graphql/ws", protocol = PROTOCOL, headers, messages = [], begin = true } = {}) {
  const socket = new WebSocket(`ws://${server.address}${path}`, protocol, { headers });
  const closed = once(socket, "close").then(([code]) => code);
  socket.on("open", () => {
    if (begin) socket.send(JSON.stringify({ type: "connection_init" }));
    for (const message of messages) socket.send(typeof message === "string" ? message : JSON.stringify(message));
  });
  socket.on("error", () => {});
  return { socket, closed };
}

const subscribe = (id, query = FOLLOW, variables = {}) => ({ type: "subscribe", id, payload: { query, variables } });

/** A TCP connection that sends a request and never reads what comes back. */
async function deaf(server, request) {
  const socket = connect(Number(server.address.split(":")[1]), "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => {});
  socket.pause();
  socket.write(request.join("\r\n") + "\r\n\r\n");
  return socket;
}

describe("Live", () => {
  let server;
  const clients = [];

  const websocket = (path) => {
    const client = createWsClient({ url: `ws://${server.address}${path}`, webSocketImpl: WebSocket, retryAttempts: 0 });
    clients.push(client);
    return client;
  };
  const events = () => {
    const client = createSseClient({ url: `${server.origin}/graphql`, retryAttempts: 0 });
    clients.push(client);
    return client;
  };

  before(async () => (server = await startServer()));
  after(async () => {
    await Promise.all(clients.map((client) => client.dispose()));
    await server?.stop();
  });

  for (const [name, client] of [
    ["graphql-ws at /graphql/ws", () => websocket("/graphql/ws")],
    ["graphql-ws at /graphql", () => websocket("/graphql")],
    ["graphql-sse", events],
  ]) {
    test(`${name}: a catalogue that is imported beside the server is told to who follows it`, async () => {
      const before = await revision(server);
      const changes = client().iterate({ query: FOLLOW, variables: { since: before } });
      const change = changes.next();
      const now = await importAnother(server);
      const told = (await change).value.data.catalogChanged;
      assert.deepEqual(told, { previousRevision: before, catalog: { revision: now, topicCount: 7 } });
      const next = changes.next();
      const later = await importAnother(server);
      assert.equal((await next).value.data.catalogChanged.catalog.revision, later);
      await changes.return();
    });

    test(`${name}: who comes back learns what it missed`, async () => {
      const now = await revision(server);
      const told = await first(client(), { query: FOLLOW, variables: { since: now - 1 } });
      assert.equal(told.data.catalogChanged.catalog.revision, now);
    });

    test(`${name}: queries are answered, and what is wrong is said`, async () => {
      const answer = await first(client(), { query: "{ topic(slug: \"go\") { slug } }" });
      assert.equal(answer.data.topic.slug, "go");
      const wrong = ["{ nothing }", "subscription { a: catalogChanged { __typename } b: catalogChanged { __typename } }"];
      for (const query of [...wrong, "subscription { __typename }", "{"]) {
        // One protocol throws the errors, the other answers them.
        const errors = await first(client(), { query }).then((answer) => answer.errors, (errors) => errors);
        assert.equal(errors[0].extensions.code, "BAD_USER_INPUT", query);
      }
    });
  }

  test("a subscription that is asked for without a stream is told how", async () => {
    const response = await fetch(`${server.origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "subscription { catalogChanged { previousRevision } }" }),
    });
    assert.match((await response.json()).errors[0].message, /text\/event-stream/);
  });

  test("an event source of a browser, which can only GET, is answered", async () => {
    const query = encodeURIComponent("subscription { catalogChanged(since: 0) { catalog { revision } } }");
    const stop = new AbortController();
    const response = await fetch(`${server.origin}/graphql?query=${query}`, {
      headers: { accept: "text/event-stream" },
      signal: stop.signal,
    });
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    const { value } = await response.body.getReader().read();
    assert.match(new TextDecoder().decode(value), /^event: next\ndata: \{"data":\{"catalogChanged":/);
    stop.abort();
  });

  test("each fault has its code", async () => {
    const cases = [
      [4400, { messages: ["{"] }],
      [4400, { messages: [{ type: "start", id: "1" }] }],
      [4401, { messages: [subscribe("1")], begin: false }],
      [4403, { headers: { origin: "https://example.org" } }],
      [4403, { headers: { origin: "https://example.org" }, path: "/graphql" }],
      [4406, { protocol: [] }],
      [4409, { messages: [subscribe("1"), subscribe("1")] }],
      [4429, { messages: [{ type: "connection_init" }] }],
      [1009, { messages: [JSON.stringify({ type: "ping", payload: { text: "x".repeat(1_000_001) } })] }],
    ];
    for (const [code, options] of cases) assert.equal(await raw(server, options).closed, code, JSON.stringify(options).slice(0, 99));
    const own = raw(server, { headers: { origin: server.origin }, messages: [{ type: "ping" }] });
    await once(own.socket, "message");
    own.socket.close();
  });

  test("who does not read, or vanishes, makes nobody else wait", async () => {
    const big = "{ topics(first: 100) { nodes { summary steps { outcome requires { anyOf { outcome } } } } } }";
    const handshake = [
      "GET /graphql/ws HTTP/1.1", `host: ${server.address}`, "connection: upgrade", "upgrade: websocket", "sec-websocket-version: 13",
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==", `sec-websocket-protocol: ${PROTOCOL}`,
    ];
    const stream = [
      `GET /graphql?query=${encodeURIComponent("subscription{catalogChanged(since:0){catalog{revision}}}")} HTTP/1.1`,
      `host: ${server.address}`, "accept: text/event-stream",
    ];
    const sockets = await Promise.all([deaf(server, handshake), deaf(server, stream), deaf(server, stream)]);
    const slow = raw(server, { messages: Array.from({ length: 40 }, (_, i) => subscribe(String(i), big)) });
    slow.socket.on("open", () => slow.socket.pause());
    await once(slow.socket, "open");
    sockets[2].destroy();
    const known = await revision(server);
    const change = first(websocket("/graphql/ws"), { query: FOLLOW, variables: { since: known } });
    const now = await importAnother(server);
    assert.equal((await change).data.catalogChanged.catalog.revision, now);
    slow.socket.terminate();
    sockets.forEach((socket) => socket.destroy());
  });
});

describe("A server with settings of its own", () => {
  test("closes who does not introduce itself, and takes no more than it is told to", async () => {
    const server = await startServer(small, "--init-timeout", "0.1", "--limit-live", "1");
    try {
      assert.equal(await raw(server, { begin: false }).closed, 4408);
      const first = raw(server, { messages: [{ type: "ping" }] });
      await once(first.socket, "message");
      assert.equal(await raw(server).closed, 1013);
      const refused = await fetch(`${server.origin}/graphql?query={__typename}`, { headers: { accept: "text/event-stream" } });
      assert.equal(refused.status, 503);
      first.socket.close();
      await first.closed;
    } finally {
      await server.stop();
    }
  });

  test("ends at once, and tells those who are connected", async () => {
    const server = await startServer(small);
    const socket = raw(server, { messages: [subscribe("1"), { type: "ping" }] });
    await once(socket.socket, "message");
    const response = await fetch(`${server.origin}/graphql?query=${encodeURIComponent("subscription{catalogChanged(since:0){previousRevision}}")}`, {
      headers: { accept: "text/event-stream" },
    });
    const text = response.text();
    await server.stop();
    assert.equal(await socket.closed, 1001);
    assert.doesNotMatch(await text, /event: complete/);
  });
});
