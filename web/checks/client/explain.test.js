// A roadmap that explains itself: what was assumed and how to correct it, study and practice, what a last day leaves out, weights and words.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { PHONE, ROADMAP, addressHas, axe, count, duration, eventually, overflow, planned, useClient } from "./harness.js";

const MEANINGS = { weight: /^How much a role says that something matters/, critical: /^On the longest chain/, value: /^The weights of all/ };

const assumed = (page) => page.getByRole("region", { name: /^We assumed / });
const details = (page, step) => page.getByRole("region", { name: step, exact: true });
const part = (page, name) => page.getByRole("region", { name: /^Not everything fits by/ }).getByRole("region", { name });
const isFocused = (page, locator) => eventually(async () => (await locator.and(page.locator(":focus")).count()) === 1, "the focus is there");

/** The number that a text begins with, in the words of the page. */
const number = (text) => Number(text.match(/[\d,.]+/)[0].replaceAll(",", ""));

/** The days that the stops of the timeline end on, with whether they are left for later. */
const stops = (page) =>
  page.locator("[data-step] i[title]").evaluateAll((bars) =>
    bars.map((bar) => ({ until: Date.parse(bar.title.split("–").at(-1).trim()), isLater: bar.hasAttribute("data-deferred") })),
  );

describe("A roadmap explains itself", () => {
  const client = useClient();

  async function read(more = "", options = {}) {
    const page = await client.open(ROADMAP + more, options);
    await planned(page);
    return page;
  }

  test("what was assumed asks for the language, and the answer is in the address", async () => {
    const page = await read();
    await assumed(page).getByRole("heading", { name: "We assumed JavaScript. Which language do you work in?" }).waitFor();
    await assumed(page).getByRole("button", { name: /^JavaScript proficient/ }).click();
    await addressHas(page, /step=javascript@proficient/);
    const step = details(page, "JavaScript");
    await step.getByText("Assumed", { exact: true }).waitFor();
    await step.getByText(/^Your role, Mid-level backend engineer, asks for it or one of \d+ others: we took what assumes the least \(weight \d\)\.$/).waitFor();
    await step.getByRole("button", { name: "Java", exact: true }).click();
    await addressHas(page, /knows=java@proficient(?!.*step=)/);
    await planned(page);
    await assumed(page).getByRole("heading", { name: /^We assumed (?!JavaScript)/ }).waitFor();
    assert.equal(await assumed(page).getByRole("button", { name: /^JavaScript/ }).count(), 0);
    // Where the chip was, the focus stays near: never at the beginning of the page.
    await isFocused(page, page.getByRole("heading", { name: /^We assumed / }));
    await page.goBack();
    await assumed(page).getByRole("heading", { name: /^We assumed JavaScript/ }).waitFor();
  });

  test("what was assumed and is right is confirmed, and no longer asked", async () => {
    const page = await read();
    await assumed(page).getByRole("button", { name: /^PostgreSQL working/ }).click();
    await details(page, "PostgreSQL").getByRole("button", { name: "Yes, PostgreSQL" }).click();
    await addressHas(page, /knows=postgresql@working/);
    await planned(page);
    await assumed(page).getByRole("button", { name: /^PostgreSQL/ }).waitFor({ state: "detached" });
  });

  test("who works in none of these learns one", async () => {
    const page = await read();
    await assumed(page).getByRole("button", { name: /^JavaScript/ }).click();
    await details(page, "JavaScript").getByRole("button", { name: "None of these" }).click();
    await addressHas(page, /gaps=javascript@working/);
    await planned(page);
    await page.getByRole("button", { name: /^(JavaScript|Python|TypeScript) Working/ }).waitFor();
  });

  test("all that is taken as known is there to correct, by the keyboard too", async () => {
    const page = await read();
    await assumed(page).getByRole("button", { name: /^All \d+ topics that you are taken to know$/ }).click();
    const git = page.getByRole("list", { name: "What you are taken to know" }).getByRole("button", { name: /^Git working/ });
    await git.focus();
    await page.keyboard.press("Enter");
    const step = details(page, "Git");
    await step.getByText(/, below your role, asks for it|^Your role, /).first().waitFor();
    await step.getByRole("button", { name: "Not at all" }).click();
    await addressHas(page, /gaps=git@/);
    await planned(page);
    await page.getByRole("button", { name: /^Git (Aware|Working)/ }).first().waitFor();
  });

  test("without a role it says what needs it", async () => {
    const page = await client.open("/plan?goals=kafka@working&knows=spring-boot@working&start=2026-12-07");
    await planned(page);
    await assumed(page).getByRole("heading", { name: "We assumed Java. Which language do you work in?" }).waitFor();
    await assumed(page).getByRole("button", { name: /^Java working/ }).click();
    await details(page, "Java").getByText(/^Spring Boot, working, which you know or are taken to know, needs it\.$/).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Programming/ }).count(), 0, "no lesson in programming for who holds Spring Boot");
  });

  test("a step says what it takes that is assumed, and a link to that opens it", async () => {
    const page = await read("&step=idempotency@proficient");
    const other = await read("&step=api-design@working");
    const known = details(other, "API design").getByRole("heading", { name: "Assumed to be known" });
    await known.waitFor();
    await details(other, "API design").getByRole("button", { name: "REST, working" }).click();
    await addressHas(other, /step=rest@working/);
    await details(other, "REST").getByRole("heading", { name: "Why it is assumed" }).waitFor();
    const shared = await client.open(other.url(), { width: PHONE });
    await shared.getByRole("dialog", { name: "REST" }).getByText(/asks for it/).first().waitFor();
    await page.close();
  });

  test("a step divides into study and practice, with its task, and never into another total", async () => {
    const page = await read("&step=design-principles@working");
    const { step, studyHours, practiceHours } = client.facts.step;
    const shown = details(page, "Design principles");
    await shown.getByText(`${step.hours} hours`, { exact: true }).waitFor();
    await shown.getByText(new RegExp(`^${duration(studyHours)} of study.*, ${duration(practiceHours)} of practice`)).waitFor();
    await shown.getByRole("heading", { name: `Practise, ${duration(practiceHours)}` }).waitFor();
    await shown.getByText(step.practice).waitFor();
    await shown.getByText(duration(studyHours), { exact: true }).first().waitFor();
  });

  test("the resources divide the hours of the roadmap instead of adding a total of their own", async () => {
    const page = await read("&view=resources");
    const sum = await page.getByText(/^Of the [\d,]+ hours/).or(page.getByText(/Of the [\d,]+ hours, /)).first().innerText();
    const [, all, study, practice] = sum.match(/Of the ([\d,]+) hours, ([\d,]+) hours go into resources and ([\d,]+) hours into practice\./).map((text) => Number(text.replaceAll(",", "")));
    assert.equal(all, client.facts.hours);
    assert.equal(study + practice, all);
  });

  test("on paper are study, practice and what was assumed", async () => {
    const page = await read();
    const { step, studyHours, practiceHours } = client.facts.step;
    await page.evaluate(() => {
      window.print = () => dispatchEvent(new Event("beforeprint"));
    });
    await page.keyboard.press("Control+p");
    await page.locator("body > [class*=sheet]").waitFor({ state: "attached" });
    await page.emulateMedia({ media: "print" });
    const sheet = page.locator("body > [class*=sheet]");
    await sheet.getByText(new RegExp(`Of the ${count(client.facts.hours)} hours, \\d+ hours go into resources`)).waitFor();
    await sheet.getByRole("listitem").filter({ hasText: new RegExp(`^\\d+\\. Design principles, working.*${step.hours} h ${duration(studyHours)} study ${duration(practiceHours)} practice`) }).waitFor();
    await sheet.getByText(`Practise: ${step.practice}`).waitFor();
    await sheet.getByText(/^Study: /).first().waitFor();
    await sheet.getByText(/^Assumed to be known: JavaScript \(proficient\), /).waitFor();
  });

  test("a last day says what is kept, all of it before that day, and what is left for later", async () => {
    const page = await read("&by=2028-12-01");
    const [kept, later] = [part(page, "Kept"), part(page, "Left for later")];
    const hours = async (of) => number(await of.getByText(/^[\d,]+ hours in \d+ steps$/).innerText());
    assert.equal((await hours(kept)) + (await hours(later)), client.facts.hours);
    await kept.getByText(/^All of it is done by \d+ \w+ 2028\.$/).waitFor();
    await later.getByText(/^It follows until /).waitFor();
    for (const one of [kept, later]) await one.getByText(/^[\d.]+% of the value.*: [\d,]+ of [\d,]+$/).waitFor();
    await page.getByText(/^No (other )?steps that fit by then are worth more/).waitFor();
    const days = await stops(page);
    assert.equal(days.length, client.facts.steps);
    const lastDay = Date.parse("1 Dec 2028");
    for (const { until, isLater } of days) assert.equal(until > lastDay, isLater);
    await kept.getByText("Which steps").click();
    await kept.getByRole("listitem").filter({ hasText: /^Node\.js, proficient \d+ h, value \d+$/ }).waitFor();
    await page.getByRole("figure").getByText("Your last day").waitFor();
    await page.getByRole("button", { name: /^Be there by .* instead$/ }).click();
    await page.getByText(/^Not everything fits/).waitFor({ state: "detached" });
    await page.getByText("all of it fits", { exact: true }).waitFor();
  });

  test("where no number of hours a week is enough, none is told", async () => {
    const page = await read("&by=2026-12-20");
    await page.getByText(/^No number of hours a week that can be planned with, 100 at most, makes all of it fit\./).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Plan with/ }).count(), 0);
    assert.doesNotMatch(await page.getByRole("region", { name: "Roadmap" }).innerText(), /\d{3,} hours a week/);
  });

  test("a reason has the weight of its own requirement, explained by the keyboard, and Escape closes that alone", async () => {
    const page = await read("&step=design-principles@working");
    const step = details(page, "Design principles");
    const reasons = step.getByRole("listitem").filter({ hasText: "asks for it" });
    await reasons.filter({ hasText: /^Senior backend engineer asks for it\. \(weight 2/ }).waitFor();
    const weight = reasons.getByRole("button", { name: "weight 2" }).first();
    const meaning = step.getByText(MEANINGS.weight).first();
    assert.match(await weight.evaluate((button) => document.getElementById(button.getAttribute("aria-describedby")).textContent), MEANINGS.weight);
    await weight.focus();
    await page.keyboard.press("Enter");
    await meaning.waitFor({ state: "visible" });
    await axe(page);
    await page.keyboard.press("Escape");
    await meaning.waitFor({ state: "hidden" });
    await step.waitFor();
  });

  test("only what a role asks for with weight 3 is key, and no sum makes a weight", async () => {
    const page = await read("&view=list");
    const keys = await page.locator("[data-step]").evaluateAll((steps) => steps.filter((step) => step.closest("li").innerText.includes("Key")).map((step) => step.dataset.step));
    assert.ok(keys.length > 0);
    for (const key of keys.slice(0, 3)) {
      const [topic, level] = key.split("@");
      const other = await read(`&step=${topic}@${level.toLowerCase()}`);
      await other.getByRole("listitem").filter({ hasText: /asks for it\. \(weight 3/ }).first().waitFor();
      assert.equal(await other.getByText(/\(weight [4-9]/).count(), 0);
      await other.close();
    }
  });

  test("levels and signs are explained where they stand", async () => {
    const page = await read("&step=software-architecture@working");
    await details(page, "Software architecture").getByText("Working: You use it day to day, with help in hard cases.").waitFor();
    const critical = details(page, "Software architecture").getByRole("button", { name: "Critical" });
    await critical.click();
    await details(page, "Software architecture").getByText(MEANINGS.critical).first().waitFor({ state: "visible" });
    const words = page.getByRole("region", { name: "Roadmap" }).getByText("What the words and signs mean");
    await words.focus();
    await page.keyboard.press("Enter");
    for (const text of [/^You can explain what it is/, /^You set the direction for others/, MEANINGS.value]) await page.getByRole("region", { name: "Roadmap" }).locator("dd", { hasText: text }).first().waitFor({ state: "visible" });
  });

  test("the details of a step never cover the view that they explain, and a link to a step scrolls to it", async () => {
    const page = await read("&step=software-architecture@proficient");
    const shown = await details(page, "Software architecture").boundingBox();
    const row = page.locator("[data-step='software-architecture@PROFICIENT']");
    await eventually(async () => {
      const box = await row.boundingBox();
      return box.y >= 0 && box.y + box.height <= 800;
    }, "the step is in sight");
    const box = await row.boundingBox();
    assert.ok(shown.x + shown.width <= box.x || box.x + box.width <= shown.x, "side by side");
  });

  test("a followed roadmap says the same of its steps, its last day and its paper", async () => {
    const person = await client.person("Hedy");
    const question = { from: "mid-level-backend-engineer", to: "senior-backend-engineer", startOn: "2026-12-07", finishBy: "2027-12-01", hoursPerWeek: 4 };
    const { roadmap: saved } = await person.does("saveRoadmap", "SaveRoadmapInput", { title: "In a year", roadmap: question }, "roadmap { id }");
    const page = await client.open(`/my/${saved.id}`, { person });
    const [kept, later] = [part(page, "Kept"), part(page, "Left for later")];
    await kept.getByText(/^All of it is done by \d+ \w+ 2027\.$/).waitFor();
    await later.getByText(/^[\d,]+ hours in \d+ steps$/).waitFor();
    await kept.getByText("Which steps").click();
    const [first] = await kept.getByRole("listitem").allInnerTexts();
    const title = first.split(",")[0];
    await page.getByRole("region", { name: "Steps" }).getByRole("button").filter({ hasText: title }).first().click();
    await details(page, title).getByRole("heading", { name: /^Practise, / }).waitFor();
    await page.evaluate(() => {
      window.print = () => dispatchEvent(new Event("beforeprint"));
    });
    await page.getByRole("button", { name: "Print" }).click();
    await page.emulateMedia({ media: "print" });
    await page.locator("body > [class*=sheet]").getByText(/^Practise: /).first().waitFor();
  });

  for (const theme of ["light", "dark"]) {
    test(`on a phone nothing is too wide, in ${theme} colours, with all of it open`, async () => {
      const page = await read("&by=2028-12-01", { width: PHONE, theme, reducedMotion: "reduce" });
      await assumed(page).getByRole("button", { name: /^All \d+ topics/ }).click();
      await part(page, "Kept").getByText("Which steps").click();
      await page.getByText("What the words and signs mean").click();
      await part(page, "Kept").getByRole("button", { name: "value" }).click();
      await axe(page);
      assert.equal(await overflow(page), 0);
      const meaning = await page.locator(":popover-open").boundingBox();
      assert.ok(meaning.x >= 0 && meaning.x + meaning.width <= PHONE, "the meaning is within the window");
    });
  }
});
