/** Whether the server can be reached, as far as is known: from what the browser says, and from how the last request went. */
import { store } from "./store";

export type Connection = "there" | "away";

export const connection = store<Connection>(navigator.onLine ? "there" : "away");

addEventListener("offline", () => connection.set("away"));
addEventListener("online", () => connection.set("there"));

/** `fetch`, noting how it went. An answer that says nothing of GraphQL comes from something in between. */
export const noticingFetch: typeof fetch = async (input, init) => {
  try {
    const answer = await fetch(input, init);
    connection.set(answer.status === 502 || answer.status === 503 || answer.status === 504 ? "away" : "there");
    return answer;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) connection.set("away");
    throw error;
  }
};
