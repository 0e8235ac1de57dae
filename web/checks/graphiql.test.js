// GraphiQL as a visitor meets it, in a browser, from the built binary.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { launchBrowser } from "./browser.js";
import { startServer } from "./server.js";

const SECONDS_TO_WAIT = 30;
const screenshot = process.env.WAYMARK_SCREENSHOT ?? join(tmpdir(), "waymark-graphiql.png");
const small = fileURLToPath(new URL("../../tests/fixtures/small.yaml", import.meta.url));
const examples = new URL("../graphiql/examples/", import.meta.url);

/** What the tabs are called: the names of the examples' operations. */
async function exampleNames() {
  const files = (await readdir(examples)).filter((file) => file.endsWith(".graphql")).sort();
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, examples), "utf8")));
  return texts.map((text) => /^(?:query|mutation|subscription) (\w+)/m.exec(text)[1]);
}

describe("GraphiQL", () => {
  let server, browser, page;
  const foreign = [];
  const complaints = [];

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(SECONDS_TO_WAIT * 1000);
    await context.route("**/*", (route) => {
      const url = route.request().url();
      if (new URL(url).origin === server.origin) return route.continue();
      foreign.push(url);
      return route.abort();
    });
    page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
  });

  after(async () => {
    await page?.screenshot({ path: screenshot }).catch(() => {});
    await browser?.close();
    await server?.stop();
  });

  test("is a click away from the web client", async () => {
    await page.goto(server.origin);
    await page.getByRole("link", { name: "Ask the API yourself" }).click();
    await page.waitForURL(`${server.origin}/graphiql`);
    assert.equal(await page.title(), "Waymark GraphiQL");
  });

  test("opens with the examples as its tabs", async () => {
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    const tabs = await page.locator("button.graphiql-tab-button").allInnerTexts();
    assert.deepEqual(tabs, await exampleNames());
  });

  test("shows the roadmap that the first example asks for", async () => {
    const answered = page.waitForResponse((response) => response.request().postData()?.includes("query Roadmap"));
    await page.locator("button.graphiql-execute-button").click();
    const answer = await (await answered).json();
    assert.equal(answer.errors, undefined);
    assert.equal(answer.data.roadmap.to.slug, "backend-architect");

    const response = page.locator(".graphiql-response");
    await response.getByText("backend-architect").first().waitFor();
    assert.doesNotMatch(await response.innerText(), /"errors"/);
  });

  test("knows the schema", async () => {
    await page.getByLabel("Show Documentation Explorer").click();
    await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).first().click();
    await page.locator(".graphiql-doc-explorer").getByText("roadmap", { exact: true }).waitFor();
    assert.equal(await page.locator(".squiggly-error").count(), 0, "the editor marks errors in the example");
  });

  test("shows what is followed as it comes", async () => {
    await page.locator("button.graphiql-tab-button").getByText("Follow").click();
    await page.locator("button.graphiql-execute-button").click();
    await page.getByLabel("Stop query").waitFor();
    await server.importBeside(small);
    const response = page.locator(".graphiql-response");
    await response.getByText("previousRevision").first().waitFor();
    await page.locator("button.graphiql-execute-button").click();
  });

  test("keeps the session of who signs in, out of reach of scripts", async () => {
    const response = page.locator(".graphiql-response");
    await page.locator("button.graphiql-tab-button").getByText("SignIn").click();
    await page.locator("button.graphiql-execute-button").click();
    await response.getByText("Ada").first().waitFor();
    assert.equal(await page.evaluate(() => document.cookie), "");
    await page.locator("button.graphiql-tab-button").getByText("MyRoadmaps").click();
    await page.locator("button.graphiql-execute-button").click();
    await response.getByText("Ada").first().waitFor();
    await response.getByText("totalCount").first().waitFor();
  });

  test("asks no other server and complains of nothing", () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(complaints, []);
  });
});
