// urql with its normalising cache, which knows the schema: a list, a mutation that changes what the list shows, and what it refuses.

import assert from "node:assert/strict";

import { Client, fetchExchange, gql } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { getIntrospectionQuery } from "graphql";

import { ask, token, url } from "./server.js";

const { data: schema } = await ask(getIntrospectionQuery());
const authorization = `Bearer ${await token()}`;
// Whoever asks is one, and has no id.
const cache = { schema, keys: { Viewer: () => null }, resolvers: { Query: { topics: relayPagination() } } };
const warnings = [];
console.warn = (...words) => warnings.push(words.join(" "));
const client = new Client({
  url,
  preferGetMethod: false,
  fetchOptions: { headers: { authorization } },
  exchanges: [cacheExchange(cache), fetchExchange],
});

async function done(request) {
  const { data, error } = await request.toPromise();
  assert.equal(error, undefined, String(error));
  return data;
}

const list = gql`{ viewer { roadmaps(first: 10) { nodes { id title } } } topics(first: 2) { nodes { id title } } }`;
const save = gql`
  mutation ($input: SaveRoadmapInput!) { saveRoadmap(input: $input) { roadmap { id title } userErrors { code } } }
`;
const update = gql`
  mutation ($input: UpdateRoadmapInput!) { updateRoadmap(input: $input) { roadmap { id title } userErrors { code } } }
`;
const saved = await done(client.mutation(save, { input: { title: "Before", roadmap: { to: "backend-architect" } } }));
const { id } = saved.saveRoadmap.roadmap;
const titles = async (requestPolicy) => {
  const { viewer } = await done(client.query(list, {}, { requestPolicy }));
  return viewer.roadmaps.nodes.filter((node) => node.id === id).map((node) => node.title);
};
assert.deepEqual(await titles("network-only"), ["Before"]);
await done(client.mutation(update, { input: { id, title: "After" } }));
assert.deepEqual(await titles("cache-only"), ["After"]);

const { error } = await client.query(gql`{ nothing }`, {}).toPromise();
assert.equal(error.graphQLErrors[0].extensions.code, "BAD_USER_INPUT");
assert.deepEqual(warnings.filter((warning) => !warning.includes("nothing")), []);
