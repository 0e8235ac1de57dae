/** Subscriptions over one WebSocket, which is opened with the first and opened again, at growing intervals, for as long as any is wanted. */
import { createClient, type Sink, type SubscribePayload } from "graphql-ws";
import type { ExecutionResult } from "graphql";
import type { SubscriptionForwarder } from "@urql/core";
import { connection } from "./connection";

const address = new URL("/graphql/ws", location.href);
address.protocol = address.protocol.replace("http", "ws");

const LONGEST_PAUSE = 15_000;

const socket = createClient({
  url: address.href,
  retryAttempts: Infinity,
  shouldRetry: () => true,
  retryWait: (retries) => {
    const pause = Math.min(500 * 2 ** retries, LONGEST_PAUSE);
    return new Promise((done) => setTimeout(done, pause / 2 + (Math.random() * pause) / 2));
  },
  on: {
    connected: () => connection.set("there"),
    closed: (event) => {
      // 1000 and 1001: nobody follows any more, or the page goes.
      const code = (event as CloseEvent).code;
      if (code !== 1000 && code !== 1001) connection.set("away");
    },
  },
});

export const forward: SubscriptionForwarder = (operation) => ({
  subscribe: (sink) => ({ unsubscribe: socket.subscribe(operation as SubscribePayload, sink as Sink<ExecutionResult>) }),
});
