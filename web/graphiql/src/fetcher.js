import { getOperationAST, parse } from "graphql";
import { createClient } from "graphql-ws";

/** Opens a WebSocket with the first subscription, and closes it after the last. */
const live = createClient({ url: location.origin.replace(/^http/, "ws") + "/graphql/ws" });

/** Sends an operation to the server that the page came from: a subscription over a WebSocket, everything else over HTTP. */
export function fetcher(given, { headers } = {}) {
  const { operation, kind } = asWritten(given);
  return kind === "subscription" ? live.iterate(operation) : ask(operation, headers);
}

/** An operation and its kind by the text itself: what GraphiQL has parsed, the name too, may be of the tab before. */
function asWritten(operation) {
  try {
    const document = parse(operation.query);
    const named = getOperationAST(document, operation.operationName);
    if (named) return { operation, kind: named.operation };
    return { operation: { ...operation, operationName: undefined }, kind: getOperationAST(document)?.operation };
  } catch {
    return { operation }; // The server says what is wrong with it.
  }
}

async function ask(operation, headers) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json;q=0.9",
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify(operation),
  });
  // Something else than an answer, say of a proxy in between, is shown as it is.
  if (!response.headers.get("content-type")?.includes("json")) {
    throw new Error(`${response.status} ${response.statusText}: ${await response.text()}`);
  }
  return response.json();
}
