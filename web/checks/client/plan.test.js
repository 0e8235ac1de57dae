// Planning: the question part by part, its answer at once, and all of it in the address.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ROADMAP, addressHas, count, eventually, planned, useClient } from "./harness.js";

const NOT_FOUND = /status of 404/;

/** Holds back the answers to an operation until it is told to let them through. */
async function holdBack(page, operation) {
  let release;
  const released = new Promise((done) => (release = done));
  await page.route("**/graphql", async (route) => {
    if (route.request().postDataJSON()?.operationName === operation) await released;
    await route.continue();
  });
  return release;
}

const say = (page) => page.getByRole("form", { name: "Your question" });
const open = (page, part) => say(page).locator("summary", { has: page.getByRole("heading", { name: part }) }).click();
const fact = (page, name) => page.locator("dl > div", { has: page.getByText(name, { exact: true }) }).locator("strong");

describe("Planning", () => {
  const client = useClient();

  test("begins without an account: two clicks on the ladder, and there is a roadmap", async () => {
    const page = await client.open("/");
    await page.getByRole("heading", { level: 1, name: "What stands between you and where you want to be?" }).waitFor();
    await page.getByRole("radio", { name: "I am: Mid-level backend engineer" }).check();
    await page.getByRole("radio", { name: "Go to: Backend architect" }).check();
    await planned(page);
    await page.getByRole("heading", { level: 1, name: "From Mid-level backend engineer to Backend architect" }).waitFor();
    assert.equal(await fact(page, "To learn").innerText(), `${count(client.facts.hours)} hours`);
    assert.equal(await fact(page, "Steps").innerText(), count(client.facts.steps));
    await page.getByText("the fewest, proven").waitFor();
    await addressHas(page, /^\/plan\?from=mid-level-backend-engineer&to=backend-architect$/);
    assert.equal(await page.title(), "Mid-level backend engineer to Backend architect · Waymark");
  });

  test("an example of the first view leads to its roadmap", async () => {
    const page = await client.open("/");
    await page.getByRole("link", { name: /^Mid-level to senior, for free/ }).click();
    await planned(page);
    await page.getByRole("heading", { level: 1, name: "From Mid-level backend engineer to Senior backend engineer" }).waitFor();
    await addressHas(page, /knows=go@working&prefer=go&hours=10&free=yes$/);
  });

  test("what one knows is found by the keyboard and set by a click", async () => {
    const page = await client.open(ROADMAP);
    await planned(page);
    const before = await fact(page, "To learn").innerText();
    const search = page.getByRole("combobox", { name: "Add what you know" });
    await search.focus();
    await page.keyboard.type("kubernetes");
    await page.locator("[role=option][data-highlighted]").getByText("Kubernetes", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await addressHas(page, /knows=kubernetes@working/);
    await eventually(async () => (await search.inputValue()) === "", "the field is empty again");
    const level = page.getByRole("radiogroup", { name: "Kubernetes: how well you know it" });
    await level.getByRole("radio", { name: "Proficient" }).check();
    await addressHas(page, /knows=kubernetes@proficient/);
    await planned(page);
    assert.notEqual(await fact(page, "To learn").innerText(), before);
    await level.getByRole("radio", { name: "No" }).click();
    await planned(page);
    assert.equal(await fact(page, "To learn").innerText(), before);
  });

  test("what the role brings is filled in and can be corrected", async () => {
    const page = await client.open(ROADMAP);
    await planned(page);
    await page.getByText(/topics filled in from your role/).click();
    await page.getByRole("radiogroup", { name: "Git: how well you know it" }).getByRole("radio", { name: "No" }).check();
    await addressHas(page, /gaps=git@/);
    await planned(page);
    await page.getByRole("button", { name: /^Git (Aware|Working)/ }).first().waitFor();
    await page.getByRole("button", { name: "Git: as it was filled in" }).click();
    await planned(page);
    assert.equal(await page.getByRole("button", { name: /^Git (Aware|Working)/ }).count(), 0);
  });

  test("hours a week move the dates; what was typed is not in the way of going back", async () => {
    const page = await client.open("/");
    await page.goto(ROADMAP);
    await planned(page);
    const arrival = await fact(page, "You arrive").innerText();
    await page.getByRole("spinbutton", { name: "Hours a week" }).fill("12");
    await page.getByText("at 12 hours a week").waitFor();
    await planned(page);
    const earlier = await fact(page, "You arrive").innerText();
    assert.ok(new Date(earlier) < new Date(arrival), `${earlier} is not before ${arrival}`);
    await addressHas(page, /hours=12/);
    await page.getByRole("slider", { name: "Hours a week, by sliding" }).press("End");
    await page.getByText("at 40 hours a week").waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: /What stands between/ }).waitFor();
  });

  test("hours beyond what can be planned with say what can", async () => {
    const page = await client.open(ROADMAP);
    await planned(page);
    const field = page.getByRole("spinbutton", { name: "Hours a week" });
    await field.fill("101");
    await page.getByText("More than 0, and 100 at most.").waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    await field.fill("100");
    await page.getByText("at 100 hours a week").waitFor();
    assert.equal(await page.getByText("More than 0, and 100 at most.").count(), 0);
  });

  test("what does not fit by a day is said, and how many hours would do", async () => {
    const page = await client.open(`${ROADMAP}&by=2028-12-01`);
    await planned(page);
    await page.getByText(/^Not everything fits by 1 Dec 2028$/).waitFor();
    await page.getByRole("button", { name: /^Plan with [\d.]+ hours a week$/ }).click();
    await page.getByText(/^Not everything fits/).waitFor({ state: "detached" });
    await addressHas(page, /hours=/);
  });

  test("the whole question is in the address: a link shares it", async () => {
    const page = await client.open(ROADMAP);
    await planned(page);
    await open(page, "Languages and stacks");
    await page.getByRole("combobox", { name: "Prefer, where there is a choice" }).fill("spring boot");
    await page.getByRole("option", { name: /^Spring Boot/ }).click();
    await page.getByRole("combobox", { name: "Leave out" }).fill("laravel");
    await page.getByRole("option", { name: /^Laravel/ }).click();
    await open(page, "Goals of your own");
    await page.getByRole("combobox", { name: "Also learn" }).fill("graphql");
    await page.getByRole("option", { name: /^GraphQL/ }).first().click();
    await open(page, "Resources");
    await page.getByRole("checkbox", { name: "Free resources only" }).check();
    await page.getByText("Pauses, such as holidays").click();
    await page.getByLabel("First day off").fill("2027-07-01");
    await page.getByLabel("Last day off").fill("2027-07-21");
    await page.getByRole("button", { name: "Add the pause" }).click();
    await addressHas(page, /prefer=spring-boot&avoid=laravel.*pauses=2027-07-01\.\.2027-07-21&free=yes/);
    await planned(page);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("The link is copied.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, page.url());

    const other = await client.open(link);
    await planned(other);
    const said = (of) => say(of).locator("summary:has(h2)").allInnerTexts();
    assert.deepEqual(await said(other), await said(page));
    for (const name of ["To learn", "You arrive", "Steps"]) assert.equal(await fact(other, name).innerText(), await fact(page, name).innerText());
    await other.getByRole("button", { name: "No longer prefer Spring Boot" }).waitFor();
    await other.getByRole("button", { name: "No longer leave out Laravel" }).waitFor();
  });

  test("the old answer stays until the next is there", async () => {
    const page = await client.open(ROADMAP);
    await planned(page);
    const release = await holdBack(page, "Roadmap");
    await page.getByRole("radio", { name: "Go to: Principal architect" }).check();
    await page.getByText("Planning…").waitFor({ state: "attached" });
    await page.locator("[aria-busy=true]").getByRole("heading", { level: 1, name: /to Backend architect$/ }).waitFor();
    release();
    await page.getByRole("heading", { level: 1, name: /to Principal architect$/ }).waitFor();
    await planned(page);
  });

  test("choices are taken back by going back", async () => {
    const page = await client.open(ROADMAP);
    await planned(page);
    await page.getByRole("radio", { name: "Go to: Principal architect" }).check();
    await page.getByRole("heading", { level: 1, name: /to Principal architect$/ }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: /to Backend architect$/ }).waitFor();
    assert.ok(await page.getByRole("radio", { name: "Go to: Backend architect" }).isChecked());
  });

  test("where no way leads there, the reason is told, and what to take back", async () => {
    const page = await client.open(`${ROADMAP}&avoid=system-design`);
    const note = page.getByRole("status").filter({ hasText: "No way leads there with these wishes" });
    await note.waitFor();
    await page.getByRole("button", { name: "Don't leave out system-design" }).click();
    await planned(page);
    await addressHas(page, /^(?!.*avoid)/);
  });

  test("an address that is mistyped is read as far as it can be, and the nearest name is offered", async () => {
    const page = await client.open("/plan?from=mid-level-backend-engineer&to=backend-architekt&hours=many&knows=,@,java@&by=soon");
    await page.getByText("Something in the question is not right").waitFor();
    await page.getByRole("button", { name: "Use backend-architect" }).click();
    await planned(page);
    await page.getByRole("heading", { level: 1, name: /to Backend architect$/ }).waitFor();
    assert.equal(await page.getByRole("spinbutton", { name: "Hours a week" }).inputValue(), "6");
  });

  test("an address that leads nowhere says so, and where to go", async () => {
    const page = await client.open("/nowhere", { tolerates: NOT_FOUND });
    await page.getByText("No page has this address.").waitFor();
    await page.getByRole("link", { name: "Plan a roadmap" }).click();
    await page.getByRole("heading", { level: 1, name: /What stands between/ }).waitFor();
  });

  test("the API that answers is a click away", async () => {
    const page = await client.open("/");
    await page.getByRole("link", { name: "Ask the API yourself" }).click();
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    assert.equal(await page.title(), "Waymark GraphiQL");
  });
});
