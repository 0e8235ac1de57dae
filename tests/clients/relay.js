// Relay's compiler, strict about connections, nodes and ids, and its runtime.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

import nodeQuery from "./relay/__generated__/queriesNodeQuery.graphql.js";
import topicsQuery from "./relay/__generated__/queriesTopicsQuery.graphql.js";
import { url } from "./server.js";

const { Environment, Network, RecordSource, Store, fetchQuery } = createRequire(import.meta.url)("relay-runtime");

const network = Network.create(async ({ text }, variables) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: text, variables }),
  });
  assert.equal(response.status, 200);
  return response.json();
});
const environment = new Environment({ network, store: new Store(new RecordSource()) });

await fetchQuery(environment, topicsQuery, { count: 3 }).toPromise();
const records = Object.values(environment.getStore().getSource().toJSON());
const topics = records.filter((record) => record.__typename === "Topic");
assert.equal(topics.length, 3);
const { node } = await fetchQuery(environment, nodeQuery, { id: topics[0].id }).toPromise();
assert.deepEqual({ ...node }, { id: topics[0].id, title: topics[0].title });
