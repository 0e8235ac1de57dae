// apollo-upload-client: a catalogue is uploaded by a curator; one that is too large, or nobody's, is refused in words that can be read.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { ApolloClient, InMemoryCache, gql } from "@apollo/client";
import UploadHttpLink from "apollo-upload-client/UploadHttpLink.mjs";

import { token, url } from "./server.js";

const IMPORT = gql`
  mutation Import($input: ImportCatalogInput!) {
    importCatalog(input: $input) { catalog { topicCount } userErrors { message } }
  }
`;
const headers = { "GraphQL-Require-Preflight": "1" };
const authorization = `Bearer ${await token()}`;

function upload(text, more) {
  const link = new UploadHttpLink({ uri: url, headers: { ...headers, ...more } });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const input = { dryRun: true, upload: new File([text], "catalog.yaml", { type: "application/yaml" }) };
  return client.mutate({ mutation: IMPORT, variables: { input } });
}

const small = await readFile(new URL("../fixtures/small.yaml", import.meta.url), "utf8");
const { data } = await upload(small, { authorization });
assert.deepEqual(data.importCatalog.userErrors, []);
assert.equal(data.importCatalog.catalog.topicCount, 7);

/** What a client is told: what a server answers, and not that the connection was lost. */
const refused = (text, more) => upload(text, more).then(() => assert.fail("it was taken"), (error) => error);
const large = "x".repeat(9 << 20);
for (const [text, more, status, code] of [
  [large, { authorization }, 413, "QUERY_TOO_COSTLY"],
  [large, {}, 401, "UNAUTHENTICATED"],
  [small, { cookie: "a=b" }, 401, "UNAUTHENTICATED"],
]) {
  const error = await refused(text, more);
  const answer = JSON.parse(error.bodyText ?? JSON.stringify({ errors: error.errors }));
  assert.equal(answer.errors[0].extensions.code, code, String(error));
  assert.equal(error.statusCode ?? status, status);
}

// Node's own fetch, whose whole body is on its way when the server refuses it.
for (let i = 0; i < 10; i += 1) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "x".repeat(6_000_000) }),
  });
  assert.equal(response.status, 413);
  assert.equal((await response.json()).errors[0].extensions.code, "QUERY_TOO_COSTLY");
}
