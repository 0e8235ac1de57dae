// What the scripts have in common: where the server is, and who asks.

import assert from "node:assert/strict";

export const origin = process.env.WAYMARK_ORIGIN;
export const url = `${origin}/graphql`;
export const socketUrl = `${origin.replace("http", "ws")}/graphql/ws`;

const ACCOUNT = { email: "ada@example.org", password: "seven plain words for tests" };

/** The data of an answer, asked without any client. */
export async function ask(query, variables = {}, headers = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return { data: answer.data, cookie: response.headers.get("set-cookie")?.split(";")[0] };
}

/** Makes the account. Its role is granted beside the server. */
export async function signUp() {
  const mutation = "mutation($input: SignUpInput!) { signUp(input: $input) { userErrors { message } } }";
  const { data } = await ask(mutation, { input: ACCOUNT });
  assert.deepEqual(data.signUp.userErrors, []);
}

/** A token of the account, which is a curator's by then. */
export async function token() {
  const signIn = "mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }";
  const { cookie } = await ask(signIn, { input: ACCOUNT });
  const create = "mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { token userErrors { message } } }";
  const input = { name: "clients", scopes: ["READ", "WRITE", "CURATE"] };
  const { data } = await ask(create, { input }, { cookie });
  return data.createAccessToken.token;
}
