/**
 * Subscriptions over one WebSocket, which is opened with the first and opened again, at growing intervals, for as long as any is wanted. Most who come
 * to look subscribe to nothing: what it takes is loaded with the first subscription.
 */
import type { Client, Sink, SubscribePayload } from "graphql-ws";
import type { ExecutionResult } from "graphql";
import type { SubscriptionForwarder } from "@urql/core";
import { connection } from "./connection";

const LONGEST_PAUSE = 15_000;

let socket: Promise<Client> | undefined;

async function open(): Promise<Client> {
  const { createClient } = await import("graphql-ws");
  const address = new URL("/graphql/ws", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return createClient({
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
        const { code } = event as CloseEvent;
        if (code !== 1000 && code !== 1001) connection.set("away");
      },
    },
  });
}

export const forward: SubscriptionForwarder = (operation) => ({
  subscribe(sink) {
    let isWanted = true;
    let end: (() => void) | undefined;
    socket ??= open();
    const begin = (client: Client) => {
      if (isWanted) end = client.subscribe(operation as SubscribePayload, sink as Sink<ExecutionResult>);
    };
    socket.then(begin, (error: unknown) => {
      // Another time it may be there.
      socket = undefined;
      sink.error(error);
    });
    return {
      unsubscribe() {
        isWanted = false;
        end?.();
      },
    };
  },
});
