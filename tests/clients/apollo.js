// Apollo Client 4: a query by its hash (APQ), a normalised cache, a mutation, a page after another, and a subscription.

import assert from "node:assert/strict";

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { createHash } from "node:crypto";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

import { socketUrl, token, url } from "./server.js";

const authorization = `Bearer ${await token()}`;
const socket = createClient({
  url: socketUrl,
  webSocketImpl: WebSocket,
  connectionParams: { Authorization: authorization },
});
const http = new PersistedQueryLink({
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
}).concat(new HttpLink({ uri: url, headers: { authorization } }));
const client = new ApolloClient({
  clientAwareness: { name: "checks", version: "1" },
  link: ApolloLink.split(({ operationType }) => operationType === "subscription", new GraphQLWsLink(socket), http),
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { topics: relayStylePagination() } } } }),
});

const page = gql`
  query Topics($after: String) {
    topics(first: 5, after: $after) { edges { cursor node { id slug title } } pageInfo { endCursor hasNextPage } }
  }
`;
const first = await client.query({ query: page });
assert.equal(first.data.topics.edges.length, 5);
const observed = client.watchQuery({ query: page });
await observed.result?.();
await observed.fetchMore({ variables: { after: first.data.topics.pageInfo.endCursor } });
assert.equal(client.readQuery({ query: page }).topics.edges.length, 10);

const [{ node }] = first.data.topics.edges;
const one = gql`query One($slug: String!) { topic(slug: $slug) { id title } }`;
const again = await client.query({ query: one, variables: { slug: node.slug } });
assert.equal(again.data.topic.id, node.id);

const saved = await client.mutate({
  mutation: gql`
    mutation Save($input: SaveRoadmapInput!) {
      saveRoadmap(input: $input) { roadmap { id title changeNumber } userErrors { code } }
    }
  `,
  variables: { input: { title: "Up", roadmap: { to: "backend-architect" } } },
});
const { roadmap } = saved.data.saveRoadmap;
assert.equal(client.cache.extract()[`SavedRoadmap:${roadmap.id}`].title, "Up");

const changed = gql`
  subscription Changed($id: ID!, $since: Int) { roadmapChanged(id: $id, since: $since) { id title changeNumber } }
`;
const told = await new Promise((resolve, reject) => {
  client.subscribe({ query: changed, variables: { id: roadmap.id, since: -1 } }).subscribe({ next: resolve, error: reject });
});
assert.equal(told.data.roadmapChanged.id, roadmap.id);

const wrong = await client.query({ query: gql`query Wrong { topic(slug: "none") { title } nodes(ids: ["x"]) { id } }`, errorPolicy: "all" });
assert.equal(wrong.data.topic, null);
await socket.dispose();
client.stop();
