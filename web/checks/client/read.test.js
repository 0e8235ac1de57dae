// Reading a roadmap: its views, the details of a step, choices, exports, print.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { PHONE, ROADMAP, addressHas, count, day, eventually, planned, useClient } from "./harness.js";

const MILESTONES = ["Senior backend engineer", "Backend architect"];

const roadmap = (page) => page.getByRole("region", { name: "Roadmap" });
const look = (page, view) => page.getByRole("navigation", { name: "Views of the roadmap" }).getByRole("link", { name: view }).click();
const details = (page, step) => page.getByRole("region", { name: step, exact: true });

/** Where an element is, once it no longer moves. */
async function still(element) {
  await element.elementHandle().then((handle) => handle.waitForElementState("stable"));
  return element.boundingBox();
}

describe("Reading", () => {
  const client = useClient();

  /** Opens the roadmap on one of its views. */
  async function read(view = "timeline", options = {}) {
    const page = await client.open(view === "timeline" ? ROADMAP : `${ROADMAP}&view=${view}`, options);
    await planned(page);
    return page;
  }

  test("the timeline has the milestones with their days, and every step", async () => {
    const page = await read();
    await page.getByRole("figure", { name: `From 7 Dec 2026 to ${day(client.facts.arrival)}, to scale` }).waitFor();
    for (const milestone of MILESTONES) await roadmap(page).getByRole("region", { name: milestone }).getByRole("heading", { name: milestone }).waitFor();
    await page.getByRole("link", { name: `Backend architect ${day(client.facts.arrival)}` }).click();
    await addressHas(page, /#|^\/plan/);
    const buttons = await Promise.all(MILESTONES.map((milestone) => roadmap(page).getByRole("region", { name: milestone }).getByRole("button").count()));
    assert.equal(buttons[0] + buttons[1], client.facts.steps);
  });

  test("a step opens beside the view, by the keyboard too, and gives the focus back", async () => {
    const page = await read();
    const opener = page.getByRole("button", { name: /^Design principles Working/ });
    await opener.focus();
    await page.keyboard.press("Enter");
    await addressHas(page, /step=design-principles@working/);
    const shown = details(page, "Design principles");
    await shown.getByText(client.facts.step.step.outcome).waitFor();
    await shown.getByText(`${client.facts.step.step.hours} hours`).waitFor();
    await shown.getByRole("heading", { name: "Why it is here" }).waitFor();
    await shown.getByRole("link", { name: /opens in another tab/ }).first().waitFor();
    await shown.getByText("Every shortest roadmap has this step.").waitFor();
    assert.equal(await opener.getAttribute("aria-expanded"), "true");
    await shown.getByRole("button", { name: "Close the details" }).click();
    await shown.waitFor({ state: "detached" });
    await addressHas(page, /^(?!.*step=)/);
    assert.ok(await opener.evaluate((button) => button === document.activeElement));
  });

  test("what a step needs and unlocks leads to those steps", async () => {
    const page = await read();
    await page.getByRole("button", { name: /^Design principles Working/ }).click();
    await details(page, "Design principles").getByRole("heading", { name: "Unlocks" }).waitFor();
    await details(page, "Design principles").getByRole("button", { name: "Software architecture, working" }).first().click();
    await details(page, "Software architecture").getByRole("heading", { name: "Needs first" }).waitFor();
    await details(page, "Software architecture").getByRole("button", { name: "Design principles, working" }).first().waitFor();
    await addressHas(page, /step=software-architecture@working/);
  });

  test("a step that one knows already, or does not want, leaves the roadmap", async () => {
    const page = await read();
    await page.getByRole("button", { name: /^Design principles Working/ }).click();
    await details(page, "Design principles").getByRole("button", { name: "I know this already" }).click();
    await addressHas(page, /knows=design-principles@working/);
    await planned(page);
    await page.getByRole("button", { name: /^Design principles Working/ }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Node.js Proficient/ }).click();
    await details(page, "Node.js").getByRole("button", { name: "Leave this topic out" }).click();
    await addressHas(page, /avoid=nodejs/);
    await planned(page);
    await page.getByRole("button", { name: /^Node.js Proficient/ }).waitFor({ state: "detached" });
  });

  test("on a phone the details stand in a window in front", async () => {
    const page = await read("timeline", { width: PHONE });
    await page.getByRole("button", { name: /^Design principles Working/ }).click();
    const dialog = page.getByRole("dialog", { name: "Design principles" });
    await dialog.getByText(client.facts.step.step.outcome).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  test("the graph is walked with the arrow keys, along what hangs together", async () => {
    const page = await read("graph");
    const step = (name) => page.getByRole("group", { name: "Graph of the steps" }).getByRole("button", { name });
    const isFocused = (locator) => locator.and(page.locator(":focus")).waitFor();
    await step(/^Design principles Working/).focus();
    await page.getByText("what needs it").waitFor();
    await page.keyboard.press("ArrowRight");
    const unlocked = step(/^Software architecture Working/);
    await isFocused(unlocked);
    await page.getByText("what it needs", { exact: true }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await addressHas(page, /step=(?!design-principles)[a-z-]+@/);
    await page.getByRole("heading", { name: "Needs first" }).waitFor();
  });

  test("one tab stop leads into the graph, and one out of it", async () => {
    const page = await read("graph");
    await page.getByRole("button", { name: "Longest chain" }).focus();
    const inGraph = () => page.evaluate(() => document.activeElement.closest("[aria-label='Graph of the steps']") !== null);
    await page.keyboard.press("Tab");
    assert.ok(await inGraph());
    await page.keyboard.press("Tab");
    assert.ok(!(await inGraph()));
  });

  test("the graph is zoomed and moved: by buttons, keys, wheel and hand", async () => {
    const page = await read("graph");
    const step = page.getByRole("group", { name: "Graph of the steps" }).getByRole("button", { name: /^Design principles Working/ });
    const view = page.getByRole("group", { name: "Graph of the steps" });
    /** Does something and waits until the step has changed so. */
    const changes = async (act, how) => {
      const before = await still(step);
      await act();
      await eventually(async () => how(before, await step.boundingBox()), `${act}: ${how.name}`);
    };
    const grows = (before, now) => now.width > before.width * 1.05;
    const shrinks = (before, now) => now.width < before.width / 1.05;
    const moves = (before, now) => now.x < before.x - 60;
    await changes(() => page.getByRole("button", { name: "Zoom in" }).click(), grows);
    await changes(() => page.getByRole("button", { name: "Zoom out" }).click(), shrinks);
    await step.focus();
    await changes(() => page.keyboard.press("+"), grows);
    await changes(() => page.keyboard.press("0"), shrinks);
    await view.evaluate((graph) => graph.scrollIntoView({ block: "center", behavior: "instant" }));
    const { x, y, width, height } = await view.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.keyboard.down("Control");
    await changes(() => page.mouse.wheel(0, -300), grows);
    await page.keyboard.up("Control");
    await page.mouse.down();
    await changes(() => page.mouse.move(x + width / 2 - 120, y + height / 2 - 40, { steps: 4 }), moves);
    await page.mouse.up();
    const chain = page.getByRole("button", { name: "Longest chain" });
    await chain.click();
    assert.equal(await chain.getAttribute("aria-pressed"), "true");
    await page.getByRole("listitem").filter({ hasText: /^longest chain$/ }).waitFor();
  });

  test("on a phone one finger over the graph scrolls the page, and two move the graph", async () => {
    const page = await read("graph", { width: PHONE, hasTouch: true });
    const view = page.getByRole("group", { name: "Graph of the steps" });
    const step = view.getByRole("button", { name: /^Design principles Working/ });
    await page.getByText("Two fingers move and zoom the graph; one scrolls the page.").waitFor();
    await view.evaluate((graph) => graph.scrollIntoView({ block: "end", behavior: "instant" }));
    const { x, y, width, height } = await view.boundingBox();
    const [across, down] = [x + width / 2, y + height / 2];
    const session = await page.context().newCDPSession(page);
    /** Moves fingers, each from where it is put down, by so many pixels. */
    const swipe = async (fingers, [right, below]) => {
      const points = (share) => fingers.map(([left, top], id) => ({ id, x: across + left + share * right, y: down + top + share * below }));
      const touch = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
      await touch("touchStart", points(0));
      for (let share = 0.1; share <= 1; share += 0.1) await touch("touchMove", points(share));
      await touch("touchEnd", []);
    };
    const place = async () => ({ scrolled: await page.evaluate(() => scrollY), left: await page.evaluate((place) => place.getBoundingClientRect().left, await step.elementHandle()) });
    await still(step);
    const before = await place();
    await swipe([[0, 0]], [0, -160]);
    await eventually(async () => (await place()).scrolled > before.scrolled + 60, "the page is scrolled");
    await page.evaluate(async () => {
      for (let still = 0, at = scrollY; still < 20; still = at === scrollY ? still + 1 : 0, at = scrollY) await new Promise(requestAnimationFrame);
    });
    const scrolled = await place();
    assert.equal(scrolled.left, before.left);
    await swipe([[-40, 0], [40, 0]], [-120, 0]);
    await eventually(async () => (await place()).left < scrolled.left - 60, "the graph has moved");
    assert.equal((await place()).scrolled, scrolled.scrolled);
  });

  test("the list finds steps by words", async () => {
    const page = await read("list");
    await page.getByLabel("Find a step").fill("kafka");
    await page.getByText(new RegExp(`^\\d steps? of ${client.facts.steps}$`)).waitFor();
    await page.getByRole("button", { name: /^Apache Kafka Working/ }).waitFor();
    await page.getByLabel("Find a step").fill("nothing of the kind");
    await page.getByText("No step of the roadmap has these words.").waitFor();
  });

  test("choices say what the others would cost, and take one at a click", async () => {
    const page = await read();
    await look(page, "Choices");
    const choice = page.getByRole("listitem", { name: "OpenTelemetry, working taken" });
    await choice.getByText("+2 h").first().waitFor();
    await choice.getByRole("button", { name: "What if it were Datadog, working" }).click();
    const whatIf = choice.getByRole("status");
    await whatIf.getByText("2 hours more").waitFor();
    await whatIf.getByRole("listitem").filter({ hasText: /^Datadog, working/ }).waitFor();
    await whatIf.getByRole("listitem").filter({ hasText: /^OpenTelemetry, working/ }).waitFor();
    await whatIf.getByRole("button", { name: "Take Datadog" }).click();
    await addressHas(page, /prefer=datadog/);
    await page.getByText(`${count(client.facts.hours + 2)} hours`).waitFor();
    // What is preferred leaves no other way.
    await page.getByText(/more choices?, which leaves? no other way/).click();
    await page.getByRole("listitem", { name: "Datadog, working taken" }).first().waitFor();
  });

  test("the resources are one set, with their price", async () => {
    const page = await read();
    await look(page, "Resources");
    await page.getByText(/^\d+ resources$/).waitFor();
    await page.getByText(/no other set costs less of your time and money, proven/).waitFor();
    const book = page.getByRole("list", { name: "What API Design Patterns teaches" });
    await book.getByRole("button", { name: "API design, working" }).click();
    await details(page, "API design").waitFor();
  });

  test("each format is downloaded under a name of its own, and copied", async () => {
    const page = await read();
    await page.getByRole("button", { name: "Export" }).click();
    const dialog = page.getByRole("dialog", { name: "Export" });
    const begins = {
      Markdown: ["md", /^# /],
      Calendar: ["ics", /^BEGIN:VCALENDAR\r\n/],
      Drawing: ["svg", /^<svg /],
      Spreadsheet: ["csv", /^position,/],
      Mermaid: ["mmd", /^(---|%%|flowchart|graph)/],
      DOT: ["dot", /^digraph /],
      JSON: ["json", /^\{/],
    };
    for (const [name, [ending, expected]] of Object.entries(begins)) {
      const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: `Download as ${name}` }).click()]);
      assert.equal(file.suggestedFilename(), `roadmap-from-mid-level-backend-engineer-to-backend-architect.${ending}`);
      assert.match(await readFile(await file.path(), "utf8"), expected, name);
    }
    await dialog.getByRole("button", { name: "Copy as Mermaid" }).click();
    await page.getByText("Copied as Mermaid.").waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), begins.Mermaid[1]);
  });

  test("what is printed is a sheet with outcomes and resources, without what is for the screen", async () => {
    const page = await read("graph");
    await page.evaluate(() => {
      window.print = () => dispatchEvent(new Event("beforeprint"));
    });
    await page.getByRole("button", { name: "Print" }).click();
    await page.emulateMedia({ media: "print" });
    await page.getByText(client.facts.step.step.outcome).waitFor();
    await page.getByText(/^https:\/\//).first().waitFor();
    for (const hidden of [page.getByRole("banner"), page.getByRole("form", { name: "Your question" }), page.getByRole("navigation", { name: "Views of the roadmap" })]) {
      await hidden.waitFor({ state: "hidden" });
    }
    assert.ok((await page.pdf()).length > 10_000);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("banner").waitFor();
  });

  test("two roadmaps are held side by side, and what they share comes first", async () => {
    const page = await read();
    await page.getByRole("link", { name: "Compare" }).click();
    await addressHas(page, /^\/compare\?a=/);
    await page.getByText("B is the same as A. Compare A with").waitFor();
    const other = page.getByRole("group", { name: /^B/ });
    await other.getByLabel("Go to").selectOption({ label: "Engineering manager" });
    await page.getByText(/^You can leave it open until \d+ \w+ \d{4}$/).waitFor();
    const row = page.getByRole("row", { name: /^To learn/ });
    await row.getByText(`${count(client.facts.hours)} hours`).waitFor();
    await row.getByText(/ h less$/).waitFor();
    await page.getByRole("heading", { name: "On both" }).waitFor();
    await addressHas(page, /to=engineering-manager/);

    const shared = await client.open(page.url());
    await shared.getByText(/^You can leave it open until/).waitFor();
    await shared.getByRole("group", { name: /^B/ }).getByRole("link", { name: "Open and change the whole question" }).click();
    await planned(shared);
    await shared.getByRole("heading", { level: 1, name: /to Engineering manager$/ }).waitFor();
  });
});
