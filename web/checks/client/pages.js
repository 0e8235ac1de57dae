// The pages of another folder than the binary's, before the same server: with `WAYMARK_PAGES=FOLDER` the checks try what `vite build --outDir FOLDER`
// has just built, and no server has to be built anew.

import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { extname, join } from "node:path";

import { freePort } from "../server.js";

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml" };
const SERVERS_OWN = /^\/(graphql|graphiql|calendar|health)\b/;

/** Serves the pages of a folder, and hands on to the server what is its own. */
export async function servePages(folder, server) {
  const { headers } = await fetch(`${server.origin}/`);
  const policy = headers.get("content-security-policy");

  const handOn = (asked, socket) => {
    const { method, url } = asked;
    const onward = request(`${server.origin}${url}`, { method, headers: asked.headers });
    onward.on("error", () => socket.destroy());
    return onward;
  };
  const front = createServer(async (asked, answer) => {
    const path = new URL(asked.url, server.origin).pathname;
    if (SERVERS_OWN.test(path)) {
      const onward = handOn(asked, answer.socket);
      onward.on("response", (response) => {
        answer.writeHead(response.statusCode, response.rawHeaders);
        response.pipe(answer);
        response.on("error", () => answer.socket.destroy());
      });
      asked.pipe(onward);
      return;
    }
    const file = extname(path) ? path : "index.html";
    const read = (name) => readFile(join(folder, name)).catch(() => undefined);
    const compressed = await read(`${file}.br`);
    const body = compressed ?? (await read(file));
    const kind = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = { "content-type": kind, "content-security-policy": policy, ...(compressed && { "content-encoding": "br" }) };
    answer.writeHead(body ? 200 : 404, headers).end(body);
  });
  front.on("upgrade", (asked, socket) => {
    const onward = handOn(asked, socket);
    onward.on("upgrade", (response, other) => {
      const lines = [];
      for (let at = 0; at < response.rawHeaders.length; at += 2) lines.push(`${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      socket.pipe(other).pipe(socket);
      for (const [one, its] of [[socket, other], [other, socket]]) one.on("error", () => its.destroy()).on("close", () => its.destroy());
    });
    onward.end();
  });
  const port = await freePort();
  await new Promise((ready) => front.listen(port, "127.0.0.1", ready));
  const stop = () => {
    front.closeAllConnections();
    return new Promise((closed) => front.close(closed));
  };
  return { origin: `http://127.0.0.1:${port}`, stop };
}
