// GraphQL over HTTP: the audits of the reference implementation, against the real binary.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { auditServer } from "graphql-http";

import { startServer } from "./server.js";

describe("GraphQL over HTTP", () => {
  let server;

  before(async () => (server = await startServer()));
  after(async () => await server?.stop());

  test("all audits pass", async () => {
    const results = await auditServer({ url: `${server.origin}/graphql` });
    assert.equal(results.length, 61);
    const missed = results.filter((result) => result.status !== "ok");
    assert.deepEqual(missed.map(({ id, name, status, reason }) => ({ id, name, status, reason })), []);
  });
});
