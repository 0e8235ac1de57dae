/** The one GraphQL client of the page. */
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from "@urql/core";
import { retryExchange } from "@urql/exchange-retry";
import { noticingFetch } from "./connection";
import { forward } from "./live";

/** Queries that did not reach the server are asked again until they do; mutations are repeated by the outbox, which outlives the page. */
const retries = retryExchange({
  initialDelayMs: 500,
  maxDelayMs: 10_000,
  randomDelay: true,
  maxNumberAttempts: Infinity,
  retryIf: (error, operation) => operation.kind === "query" && operation.context["once"] !== true && !!error.networkError && !error.response,
});

/** In the context of a query: asked once, for those who have to know whether it was answered. */
export const ONCE = { once: true };

export const client = new Client({
  url: "/graphql",
  preferGetMethod: false,
  fetch: noticingFetch,
  exchanges: [cacheExchange, retries, fetchExchange, subscriptionExchange({ forwardSubscription: forward })],
});
