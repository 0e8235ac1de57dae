// For everyone: by the keyboard alone, in other languages, in light and dark, with less motion.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ROADMAP, addressHas, count, day, planned, rest, settled, useClient } from "./harness.js";

describe("For everyone", () => {
  const client = useClient();

  test("a roadmap is planned and read by the keyboard alone", async () => {
    const page = await client.open("/");
    await settled(page);
    const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    /** Presses the tab key until what it comes to is so called. */
    const tabTo = async (name) => {
      for (let count = 0; count < 250; count++) {
        await press("Tab");
        const called = await page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.innerText);
        if (name.test(called.trim())) return page.locator(":focus");
      }
      return assert.fail(`the tab key does not come to ${name}`);
    };
    /** Presses an arrow key until the radio button that it comes to is so called. */
    const arrowTo = async (name) => {
      for (let count = 0; count < 20; count++) {
        await press("ArrowUp");
        const now = await page.locator(":focus:checked").getAttribute("aria-label");
        if (now === name) return;
      }
      assert.fail(`the arrow keys do not come to ${name}`);
    };
    await press("Tab");
    assert.equal(await page.locator(":focus").innerText(), "Skip to the content");
    await press("Enter");
    assert.ok(await page.getByRole("main").evaluate((main) => main.contains(document.activeElement)));
    await tabTo(/^I am: /);
    await arrowTo("I am: Mid-level backend engineer");
    await tabTo(/^Go to: /);
    await arrowTo("Go to: Backend architect");
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
    await page.getByText(`${count(client.facts.hours, "de-DE")} hours`).waitFor();
    await page.getByText(day(client.facts.arrival, "de-DE")).first().waitFor();
    const other = await client.open(ROADMAP, { locale: "en-US" });
    await planned(other);
    await other.getByText(`${count(client.facts.hours, "en-US")} hours`).waitFor();
    await other.getByText(day(client.facts.arrival, "en-US")).first().waitFor();
  });

  test("colours are as the system has them, or as chosen, and stay so", async () => {
    const page = await client.open("/topics");
    await settled(page);
    const background = async () => {
      await rest(page);
      return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
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
