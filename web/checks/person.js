// Who asks the API as the pages of a browser do: with a cookie, once signed in.

import assert from "node:assert/strict";

/** Somebody with a browser, as far as cookies go. */
export class Person {
  constructor(server) {
    this.server = server;
  }

  async ask(query, variables = {}) {
    const response = await fetch(`${this.server.origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(this.cookie && { cookie: this.cookie }) },
      body: JSON.stringify({ query, variables }),
    });
    // The other cookie is that of the device, which signs nobody in.
    const session = response.headers.getSetCookie().find((cookie) => !/^[\w-]+-device=/.test(cookie));
    if (session) this.cookie = session.split(";")[0];
    const answer = await response.json();
    assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
    return answer.data;
  }

  async does(mutation, type, input, selection) {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { code message } } }`;
    const payload = (await this.ask(query, { input }))[mutation];
    assert.deepEqual(payload.userErrors, []);
    return payload;
  }
}
