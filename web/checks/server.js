// A Waymark of a check's own: a free port, a database in a temporary folder, and nothing left behind.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const SECONDS_TO_START = 60;
const SECONDS_TO_STOP = 10;

const root = fileURLToPath(new URL("../..", import.meta.url));
const binary = resolve(root, process.env.WAYMARK_BIN ?? "target/debug/waymark");

/** Starts the server, on the embedded catalogue or on a file, with more settings if any, and waits until it answers. */
export async function startServer(catalog, ...settings) {
  const folder = await mkdtemp(join(tmpdir(), "waymark-check-"));
  const address = `127.0.0.1:${await freePort()}`;
  const origin = `http://${address}`;
  const database = `sqlite://${join(folder, "w.db")}?mode=rwc`;
  const options = ["serve", "--listen", address, "--database", database, ...settings];
  if (catalog) options.push("--catalog", catalog);

  const start = () => run(options, folder, origin);
  let running;
  const stop = async () => {
    await running?.end("SIGTERM");
    await rm(folder, { recursive: true, force: true });
  };
  try {
    running = await start();
  } catch (error) {
    await stop();
    throw error;
  }
  /** Ends the server as a crash would, and starts it again after what is done meanwhile: at the same address, on the same database. */
  const crash = async (meanwhile) => {
    await running.end("SIGKILL");
    try {
      await meanwhile();
    } finally {
      running = await start();
    }
  };
  /** Runs another command of the program on the same database, as who runs the server does. */
  const command = (...words) => promisify(execFile)(binary, [...words, "--database", database], { cwd: folder });
  /** Imports a catalogue by a process beside the server, as a curator does. */
  const importBeside = (file) => command("import", file);
  return { origin, address, folder, stop, crash, command, importBeside };
}

/** One process, from when it answers; `end` waits until it has gone. */
async function run(options, folder, origin) {
  const server = spawn(binary, options, { cwd: folder });
  let output = "";
  server.stdout.on("data", (text) => (output += text));
  server.stderr.on("data", (text) => (output += text));

  let ending;
  const ended = once(server, "exit").then(
    ([code, signal]) => (ending = `it ended with ${code ?? signal}`),
    (error) => (ending = error.message),
  );
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);

  const end = async (signal) => {
    server.kill(signal);
    const patience = setTimeout(kill, SECONDS_TO_STOP * 1000);
    await ended;
    clearTimeout(patience);
    process.off("exit", kill);
  };

  const deadline = Date.now() + SECONDS_TO_START * 1000;
  while (!(await answers(origin))) {
    if (ending || Date.now() > deadline) {
      const reason = ending ?? `it had ${SECONDS_TO_START} seconds`;
      await end("SIGTERM");
      throw new Error(`${binary} does not answer: ${reason}\n${output}`);
    }
    await sleep(100);
  }
  return { end };
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

export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
