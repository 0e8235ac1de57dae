/** Sends an operation to the server that the page came from. */
export async function fetcher(operation, { headers } = {}) {
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
