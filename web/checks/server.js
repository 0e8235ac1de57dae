// A Waymark of its own for a check: a free port, a database in a temporary folder, and nothing left behind.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const binary = resolve(root, process.env.WAYMARK_BIN ?? "target/release/waymark");
const SECONDS_TO_START = 60;

/** Starts the server and waits until it answers. */
export async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), "waymark-check-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const database = `sqlite://${join(folder, "w.db")}?mode=rwc`;
  const server = spawn(binary, ["serve", "--listen", `127.0.0.1:${port}`, "--database", database], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  server.stdout.on("data", (text) => (output += text));
  server.stderr.on("data", (text) => (output += text));
  let failure;
  const ended = Promise.race([
    once(server, "exit"),
    once(server, "error").catch((error) => error),
  ]);
  server.on("error", (error) => (failure = error));

  const stop = async () => {
    if (server.pid && server.exitCode === null && server.signalCode === null) server.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };

  const deadline = Date.now() + SECONDS_TO_START * 1000;
  while (!(await answers(origin))) {
    const over = server.exitCode !== null || server.signalCode !== null || failure;
    if (over || Date.now() > deadline) {
      await stop();
      throw new Error(`${binary} did not answer: ${failure ?? output}`);
    }
    await sleep(100);
  }
  return { origin, stop };
}

async function answers(origin) {
  try {
    const response = await fetch(`${origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
      signal: AbortSignal.timeout(5000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
