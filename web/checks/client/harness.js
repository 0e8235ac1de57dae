// What the checks of the web client share: a server and a browser for each file, windows that note whatever goes wrong in them, and axe.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { after, afterEach, before } from "node:test";

import { launchBrowser } from "../browser.js";
import { Person } from "../person.js";
import { startServer } from "../server.js";
import { servePages } from "./pages.js";

export const WIDE = 1280;
export const PHONE = 390;
const SECONDS_TO_WAIT = 15;

/** The roadmap that most checks look at; it begins on a day of its own, so that its dates stay. */
export const ROADMAP = "/plan?from=mid-level-backend-engineer&to=backend-architect&start=2026-12-07";

/** What the server says of that roadmap, and of the step that most checks open. */
const FACTS = `{
  roadmap(input: { from: "mid-level-backend-engineer", to: "backend-architect", startOn: "2026-12-07" }) {
    hours
    schedule { finishesOn }
    steps(first: 1) { totalCount }
    step(topic: "design-principles", level: WORKING) { position studyHours practiceHours step { hours outcome practice } }
  }
}`;

/** WCAG 2.2 on level AA, and what else axe holds to be good. */
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A server, with the pages that are to be tried. */
async function start() {
  const server = await startServer();
  const folder = process.env.WAYMARK_PAGES;
  const pages = folder ? await servePages(folder, server) : undefined;
  const stop = async () => {
    await pages?.stop();
    await server.stop();
  };
  return { server, origin: pages?.origin ?? server.origin, stop };
}

/** Runs something while a server is there; for scripts that are no tests. */
export async function withServer(run) {
  const started = await start();
  try {
    await run(started.origin, started.server);
  } finally {
    await started.stop();
  }
}

/**
 * A server and a browser for the tests of a file. `open` opens a page in a context of its own; after each test all of them are closed, and whatever
 * was complained of in any of them fails the test.
 */
export function useClient() {
  const client = { contexts: [], complaints: [] };

  before(async () => {
    Object.assign(client, await start());
    client.facts = await facts(client.server);
    client.browser = await launchBrowser();
  });
  afterEach(async () => {
    const { contexts, complaints } = client;
    client.contexts = [];
    client.complaints = [];
    await Promise.all(contexts.map((context) => context.close()));
    assert.deepEqual(complaints, []);
  });
  after(async () => {
    await client.browser?.close();
    await client.stop?.();
  });

  client.open = async (path, { person, tolerates, ...options } = {}) => {
    const context = await contextFor(client.browser, client.origin, options);
    client.contexts.push(context);
    complainOf(context, client, tolerates);
    if (person) await signIn(context, client.origin, person);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
  client.person = (name) => enrol(client.server, name);
  return client;
}

async function facts(server) {
  const { roadmap } = await new Person(server).ask(FACTS);
  return { hours: roadmap.hours, steps: roadmap.steps.totalCount, arrival: new Date(roadmap.schedule.finishesOn), step: roadmap.step };
}

/** Numbers and days as the page writes them. */
export const count = (number, locale = "en-GB") => number.toLocaleString(locale);
export const day = (date, locale = "en-GB") => date.toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
/** Hours as the page divides them: 18 min, 11 h 42 min, 12 h. */
export function duration(hours) {
  const minutes = Math.round(hours * 60);
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [whole && `${whole} h`, rest && `${rest} min`].filter(Boolean).join(" ");
}

/** Somebody who has just got an account, and is signed in. */
export async function enrol(server, name) {
  const person = new Person(server);
  const account = { email: `${name.toLowerCase()}@example.org`, password: "three plain words" };
  await person.does("signUp", "SignUpInput", { ...account, name }, "");
  await person.does("signIn", "SignInInput", account, "viewer { email }");
  return Object.assign(person, account);
}

export async function contextFor(browser, origin, { width = WIDE, theme = "light", locale = "en-GB", reducedMotion = "no-preference", hasTouch = false } = {}) {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: width < 600 ? 844 : 800 },
    colorScheme: theme,
    locale,
    reducedMotion,
    hasTouch,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(SECONDS_TO_WAIT * 1000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return context;
}

export async function signIn(context, origin, person) {
  const [name, ...value] = person.cookie.split("=");
  await context.addCookies([{ name, value: value.join("="), url: origin, httpOnly: true, sameSite: "Lax" }]);
}

/** What browsers say of a server that is out of reach: no complaint where that is the test. */
export const AWAY = /ERR_(CONNECTION|INTERNET|NETWORK|EMPTY|SOCKET)|WebSocket connection/;

/** Notes whatever goes wrong in the windows of a context, but for complaints that are part of the test. */
function complainOf(context, client, tolerates) {
  const complain = (text) => tolerates?.test(text) || client.complaints.push(text);
  const isOwn = (url) => /^(data|blob|about):/.test(url) || new URL(url).host === new URL(client.origin).host;
  context.on("request", (request) => isOwn(request.url()) || complain(`asked another host: ${request.url()}`));
  context.on("requestfailed", (request) => {
    const { errorText } = request.failure();
    // What the page itself gives up, such as the answer to an older question, has not failed.
    if (errorText !== "net::ERR_ABORTED") complain(`${request.url()}: ${errorText}`);
  });
  context.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(`console: ${message.text()}`));
  context.on("weberror", (error) => complain(`threw: ${error.error().stack}`));
  context.on("page", (page) => page.on("websocket", (socket) => isOwn(socket.url()) || complain(`asked another host: ${socket.url()}`)));
}

/** Waits until colours and places have come to rest. */
export const rest = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const passing = document.getAnimations().filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime));
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });

/** Fails for whatever axe finds on a page as it is now, by all of its rules or by some. */
export async function axe(page, rules) {
  await rest(page);
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async (options) => {
    const { violations } = await window.axe.run(options);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`);
  }, { runOnly: rules ?? AXE_TAGS, resultTypes: ["violations"] });
  assert.deepEqual(violations, [], page.url());
}

/** How much wider the page is than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Waits until what is asked has come and been shown. */
export async function planned(page) {
  await page.getByText(/^Planned: \d+ steps\.$/).waitFor({ state: "attached" });
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
}

/** Waits until a page, whichever it is, shows what it was asked for. */
export async function settled(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const waiting of ["[class*=skeleton]", "[aria-busy=true]"]) await page.locator(waiting).first().waitFor({ state: "detached" });
}

/** Waits until the address, without its host and read as people do, is as expected. */
export async function addressHas(page, expected) {
  const has = (url) => expected.test(decodeURIComponent(url.pathname + url.search));
  await page.waitForURL(has, { waitUntil: "commit" }).catch(() => assert.match(decodeURIComponent(page.url()), expected));
}

/** Looks at a page until something is so. */
export async function eventually(isSo, what) {
  const deadline = Date.now() + SECONDS_TO_WAIT * 1000;
  while (!(await isSo())) assert.ok(Date.now() < deadline, `${what}: not within ${SECONDS_TO_WAIT} seconds`);
}
