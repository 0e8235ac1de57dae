// For everyone: axe on each page in both themes, wide and narrow; by the keyboard alone; in other languages; with less motion.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { PHONE, ROADMAP, WIDE, addressHas, axe, overflow, planned, rest, settled, useClient } from "./harness.js";

const NARROWEST = 360;
const QUESTION = "from=mid-level-backend-engineer&to=backend-architect&start=2026-12-07";

const PAGES = {
  "the first view": "/",
  "the timeline": ROADMAP,
  "the graph": `${ROADMAP}&view=graph`,
  "the list": `${ROADMAP}&view=list`,
  "the choices": `${ROADMAP}&view=choices`,
  "the resources of a roadmap": `${ROADMAP}&view=resources`,
  "the details of a step": `${ROADMAP}&step=caching@working`,
  "a question without a roadmap": `${ROADMAP}&avoid=system-design`,
  "a comparison": `/compare?a=${encodeURIComponent(QUESTION)}&b=${encodeURIComponent(QUESTION.replace("backend-architect", "engineering-manager"))}`,
  "the topics": "/topics",
  "a topic": "/topics/system-design",
  "the resources": "/resources",
  "a resource": "/resources/designing-data-intensive-applications",
  "the roles": "/roles",
  "a role": "/roles/backend-architect",
  "signing in": "/sign-in",
  "no roadmaps of one's own": "/my",
};

const OWN_PAGES = {
  "an account": () => "/account",
  "one's roadmaps": () => "/my",
  "a kept roadmap": ({ roadmap }) => `/my/${roadmap}`,
  "a shared roadmap": ({ secret }) => `/shared/${secret}`,
  curating: () => "/curate",
  "editing a topic": () => "/curate/topics/system-design",
  "editing a resource": () => "/curate/resources/designing-data-intensive-applications",
  "editing a role": () => "/curate/roles/backend-architect",
  importing: () => "/curate/import",
  "the revisions": () => "/curate/revisions",
};

describe("For everyone", () => {
  const client = useClient();
  const own = {};

  before(async () => {
    own.person = await client.person("ada");
    await client.server.command("user", "grant", own.person.email, "curator");
    const input = { title: "Up", roadmap: { from: "mid-level-backend-engineer", to: "senior-backend-engineer" } };
    own.roadmap = (await own.person.does("saveRoadmap", "SaveRoadmapInput", input, "roadmap { id }")).roadmap.id;
    own.secret = (await own.person.does("shareRoadmap", "SavedRoadmapInput", { id: own.roadmap }, "secret")).secret;
  });

  async function isForEveryone(path, person) {
    for (const width of [WIDE, PHONE]) {
      const page = await client.open(path, { width, person });
      await settled(page);
      assert.match(await page.title(), /Waymark$/);
      await axe(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await axe(page);
      assert.equal(await overflow(page), 0, `${path} is wider than ${width}`);
      if (width === PHONE) {
        await page.setViewportSize({ width: NARROWEST, height: 780 });
        assert.equal(await overflow(page), 0, `${path} is wider than ${NARROWEST}`);
      }
    }
  }

  for (const [name, path] of Object.entries(PAGES)) test(`${name}: nothing that axe finds, nothing too wide`, () => isForEveryone(path));
  for (const [name, path] of Object.entries(OWN_PAGES)) test(`${name}: nothing that axe finds, nothing too wide`, () => isForEveryone(path(own), own.person));

  test("a roadmap is planned and read by the keyboard alone", async () => {
    const page = await client.open("/");
    await settled(page);
    const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    /** Presses the tab key until what it comes to is so called. */
    const tabTo = async (name) => {
      for (let count = 0; count < 250; count++) {
        await press("Tab");
        const focused = page.locator(":focus");
        const called = (await focused.getAttribute("aria-label")) ?? (await focused.innerText());
        if (name.test(called.trim())) return focused;
      }
      return assert.fail(`the tab key does not come to ${name}`);
    };
    await press("Tab");
    assert.equal(await page.locator(":focus").innerText(), "Skip to the content");
    await press("Enter");
    assert.ok(await page.getByRole("main").evaluate((main) => main.contains(document.activeElement)));
    await tabTo(/^I am: /);
    const isChecked = async () => (await page.locator(":focus:checked").count()) === 1;
    for (let count = 0; count < 20; count++) {
      await press("ArrowUp");
      if (/I am: Mid-level backend engineer/.test(await page.locator(":focus").getAttribute("aria-label"))) break;
    }
    assert.ok(await isChecked());
    await tabTo(/^Go to: /);
    for (let count = 0; count < 20; count++) {
      await press("ArrowUp");
      if (/Go to: Backend architect/.test(await page.locator(":focus").getAttribute("aria-label"))) break;
    }
    await page.getByRole("heading", { level: 1, name: "From Mid-level backend engineer to Backend architect" }).waitFor();
    await planned(page);
    await tabTo(/^List$/);
    await press("Enter");
    await addressHas(page, /view=list/);
    const step = await tabTo(/^Design documents/);
    const outline = await step.evaluate((focused) => getComputedStyle(focused).outlineStyle);
    assert.notEqual(outline, "none");
    await press("Enter");
    await page.getByRole("heading", { name: "Why it is here" }).waitFor();
  });

  test("days and numbers are written as the reader writes them", async () => {
    const page = await client.open(ROADMAP, { locale: "de-DE" });
    await planned(page);
    await page.getByText("1.918 hours").waitFor();
    await page.getByText("21. Jan. 2033").first().waitFor();
    const other = await client.open(ROADMAP, { locale: "en-US" });
    await planned(other);
    await other.getByText("1,918 hours").waitFor();
    await other.getByText("Jan 21, 2033").first().waitFor();
  });

  test("colours are as the system has them, or as chosen, and stay so", async () => {
    const page = await client.open("/topics");
    await settled(page);
    const background = async () => {
      await rest(page);
      return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    };
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await background();
    assert.notEqual(light, dark);
    await page.getByRole("button", { name: "Colours as the system has them. Change" }).click();
    await page.getByRole("button", { name: "Light colours. Change" }).waitFor();
    assert.equal(await background(), light);
    await page.reload();
    await settled(page);
    assert.equal(await background(), light);
  });

  test("who wants less motion sees none", async () => {
    const page = await client.open(`${ROADMAP}&view=graph`, { reducedMotion: "reduce" });
    await planned(page);
    await page.getByRole("group", { name: "Graph of the steps" }).getByRole("button").first().waitFor();
    await page.getByRole("button", { name: "Zoom in" }).click();
    const moving = () =>
      document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect.getComputedTiming().duration > 20).length;
    assert.equal(await page.evaluate(moving), 0);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
  });
});
