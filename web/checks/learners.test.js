// Learners by the clients that browsers and programs use: two devices of one learner see each other's changes, and what is followed ends with
// what somebody was recognised by.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import { WebSocket } from "ws";

import { Person } from "./person.js";
import { startServer } from "./server.js";

const small = fileURLToPath(new URL("../../tests/fixtures/small.yaml", import.meta.url));
const account = { email: "ada@example.org", password: "three plain words" };
const CHANGED = "subscription ($id: ID!, $since: Int) { roadmapChanged(id: $id, since: $since) { changeNumber progress { stepsDone } } }";

describe("Learners", () => {
  let server, desk, roadmap;
  const clients = [];

  before(async () => {
    server = await startServer(small);
    desk = new Person(server);
    await desk.does("signUp", "SignUpInput", account, "");
    await desk.does("signIn", "SignInInput", account, "viewer { email }");
    const saved = await desk.does("saveRoadmap", "SaveRoadmapInput", { title: "Up", roadmap: { to: "manager" } }, "roadmap { id }");
    roadmap = saved.roadmap.id;
  });
  after(async () => {
    await Promise.all(clients.map((client) => client.dispose()));
    await server?.stop();
  });

  const kept = (client) => (clients.push(client), client);
  const websocket = (options) => kept(createWsClient({ url: `ws://${server.address}/graphql/ws`, retryAttempts: 0, ...options }));
  /** A token, what follows by it, and how the token is revoked. */
  const program = async (name, follow) => {
    const made = await desk.does("createAccessToken", "CreateAccessTokenInput", { name, scopes: ["READ"] }, "token accessToken { id }");
    const revoke = () => desk.does("revokeAccessToken", "RevokeInput", { id: made.accessToken.id }, "viewer { email }");
    return { client: follow(made.token), revoke };
  };
  /** A browser's own page: it sends the cookie and says where it is from. */
  const page = async () => {
    const phone = new Person(server);
    await phone.does("signIn", "SignInInput", account, "viewer { email }");
    class OfPage extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { headers: { cookie: phone.cookie, origin: server.origin } });
      }
    }
    const revoke = () => phone.ask("mutation { signOut { userErrors { code } } }");
    return { client: websocket({ webSocketImpl: OfPage }), revoke };
  };

  for (const [name, device] of [
    ["a page over a WebSocket, by its cookie", page],
    ["a program over a WebSocket, by its token", () =>
      program("ws", (token) => websocket({ webSocketImpl: WebSocket, connectionParams: { Authorization: `Bearer ${token}` } }))],
    ["a program over server-sent events, by its token", () =>
      program("sse", (token) => kept(createSseClient({ url: `${server.origin}/graphql`, headers: { authorization: `Bearer ${token}` }, retryAttempts: 0 })))],
  ]) {
    test(`${name} sees at once what another device does, until it is revoked`, async () => {
      const { client, revoke } = await device();
      const changes = client.iterate({ query: CHANGED, variables: { id: roadmap, since: 0 } });
      const known = (await changes.next()).value.data.roadmapChanged.changeNumber;
      const input = { roadmap, step: { topic: "docker", level: "AWARE" } };
      await desk.does("completeStep", "RoadmapStepInput", input, "roadmap { id }");
      assert.deepEqual((await changes.next()).value.data.roadmapChanged, { changeNumber: known + 1, progress: { stepsDone: 1 } });
      await desk.does("reopenStep", "RoadmapStepInput", input, "roadmap { id }");
      assert.deepEqual((await changes.next()).value.data.roadmapChanged, { changeNumber: known + 2, progress: { stepsDone: 0 } });
      await revoke();
      assert.equal((await changes.next()).done, true);
    });
  }

  test("whatever is the learner's is told as it changes", async () => {
    const { client, revoke } = await page();
    const changes = client.iterate({ query: "subscription { viewerChanged { skillCount } }" });
    const change = changes.next();
    // The subscription is there when the connection has answered something that was asked after it.
    for await (const _ of client.iterate({ query: "{ __typename }" })) break;
    await desk.does("recordSkills", "RecordSkillsInput", { skills: [{ topic: "go", level: "WORKING" }] }, "viewer { skillCount }");
    assert.deepEqual((await change).value.data.viewerChanged, { skillCount: 1 });
    await revoke();
  });

  test("a token that does not hold opens nothing, and nobody follows what is somebody's", async () => {
    const bad = websocket({ webSocketImpl: WebSocket, connectionParams: { Authorization: "Bearer waymark_wrong" } });
    const nobody = websocket({ webSocketImpl: WebSocket });
    const code = async (client, query) => {
      for await (const answer of client.iterate({ query, variables: { id: roadmap } })) return answer.errors[0].extensions.code;
    };
    await assert.rejects(code(bad, "{ __typename }"), (errors) => errors[0].extensions.code === "UNAUTHENTICATED");
    assert.equal(await code(nobody, CHANGED), "UNAUTHENTICATED");
    assert.equal(await code(nobody, "mutation { recordSkills(input: { skills: [] }) { userErrors { code } } }"), "UNAUTHENTICATED");
  });

  test("nobody signs in over a WebSocket, which can't set a cookie", async () => {
    const client = websocket({ webSocketImpl: WebSocket });
    const query = `mutation { signIn(input: { email: "${account.email}", password: "${account.password}" }) { viewer { email } } }`;
    for await (const answer of client.iterate({ query })) assert.match(answer.errors[0].message, /Sign in with POST/);
  });

  test("a calendar program reads the calendar without an account", async () => {
    const { path } = await desk.does("studyCalendar", "SavedRoadmapInput", { id: roadmap }, "path");
    const calendar = await fetch(server.origin + path);
    assert.equal(calendar.headers.get("content-type"), "text/calendar; charset=utf-8");
    assert.match(await calendar.text(), /^BEGIN:VCALENDAR\r\n[^]*SUMMARY:/);
    assert.equal((await fetch(`${server.origin}/calendar/none.ics`)).status, 404);
  });
});
