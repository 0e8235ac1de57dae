// Curating: what is edited is looked at first, errors stand beside their fields, and every revision can be gone back to.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { addressHas, eventually, settled, useClient } from "./harness.js";

const LEAVES = /beforeunload/i;

describe("Curating", () => {
  const client = useClient();
  let curator;

  before(async () => {
    curator = await client.person("ada");
    await client.server.command("user", "grant", curator.email, "curator");
  });

  const curate = async (path) => {
    const page = await client.open(path, { person: curator, tolerates: LEAVES });
    await settled(page);
    return page;
  };
  const look = (place) => place.getByRole("button", { name: "Review changes…" }).click();
  const differences = (page) => page.getByRole("dialog").getByRole("region", { name: "What would change" });
  const save = async (page, message) => {
    await page.getByRole("dialog").getByLabel("Message").fill(message);
    await page.getByRole("dialog").getByRole("button", { name: "Save as a revision" }).click();
    await page.getByText(/^Saved as revision \d+\.$/).waitFor();
  };
  const revision = async () => (await curator.ask("{ catalog { revision } }")).catalog.revision;
  const retitle = (slug, title) => curator.does("updateTopic", "UpdateTopicInput", { slug, title, message: "Meanwhile" }, "");

  test("is for curators alone", async () => {
    const nobody = await client.open("/curate");
    await nobody.getByText("Curators sign in first").waitFor();
    const learner = await client.open("/curate", { person: await client.person("ben") });
    await learner.getByText("This is for curators").waitFor();
    assert.equal(await learner.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Curate" }).count(), 0);
  });

  test("leads from a topic to its form, through what would change, to a revision", async () => {
    const page = await curate("/topics/caching");
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Summary").fill("Answers kept near, for as long as they are right.");
    const field = page.getByRole("region", { name: "Working" }).getByLabel("Hours");
    const hours = Number(await field.inputValue());
    await field.fill(String(hours + 1));
    await look(page);
    const shown = differences(page);
    await shown.getByText("Answers kept near, for as long as they are right.").waitFor();
    await shown.getByRole("deletion").filter({ hasText: `Before: ${hours}` }).waitFor();
    await shown.getByRole("insertion").filter({ hasText: `Now: ${hours + 1}` }).waitFor();
    await save(page, "Clearer");
    await page.getByText("Nothing is changed yet.").waitFor();
    await page.getByRole("link", { name: "See it" }).click();
    await page.getByText("Answers kept near, for as long as they are right.").waitFor();
    const { catalogRevisions } = await curator.ask("{ catalogRevisions(first: 1) { nodes { message author } } }");
    assert.deepEqual(catalogRevisions.nodes, [{ message: "Clearer", author: "ada" }]);
  });

  test("what somebody practises, and whom a resource is for and how far it brings them, is edited and else stays as it is", async () => {
    const covers = async () => (await curator.ask(`{ resource(slug: "akka-documentation") { for { slug } covers { fit hours section step { level topic { slug } } } } }`)).resource;
    const before = await covers();
    const page = await curate("/curate/resources/akka-documentation");
    const taught = page.getByRole("region", { name: "What it teaches" });
    await taught.getByLabel("Part").first().fill("All of it");
    await taught.getByLabel("Fit").first().selectOption("5");
    await page.getByRole("combobox", { name: "Add a topic whose learners it is made for" }).fill("go");
    await page.getByRole("option", { name: /^Go\b/ }).first().click();
    await look(page);
    await save(page, "For Go too");
    const after = await covers();
    assert.deepEqual(after.for.map(({ slug }) => slug).toSorted(), [...before.for.map(({ slug }) => slug), "go"].toSorted());
    const [first, ...others] = before.covers;
    assert.deepEqual(after.covers, [{ ...first, section: "All of it", fit: 5 }, ...others]);

    const topic = await curate("/curate/topics/message-queues");
    const working = topic.getByRole("region", { name: "Working" });
    assert.notEqual(await working.getByLabel("Practice").inputValue(), "");
    await working.getByLabel("Practice").fill("Lose a message on purpose, and show that it comes again.");
    await look(topic);
    await save(topic, "A shorter task");
    await topic.getByRole("link", { name: "See it" }).click();
    await topic.getByText("Lose a message on purpose, and show that it comes again.").waitFor();
  });

  test("says what is wrong beside the very field", async () => {
    const page = await curate("/curate/topics/http-caching");
    const level = page.getByRole("region", { name: "Working" });
    const isMarked = (field) => eventually(async () => (await field.getAttribute("aria-invalid")) === "true", "the field is marked");
    await level.getByLabel("Hours").fill("a few");
    await look(page);
    await page.getByText("One thing has to be put right first").waitFor();
    await isMarked(level.getByLabel("Hours"));
    await level.getByLabel("Hours").fill("8");
    await page.getByLabel("Title").fill("");
    await level.getByLabel("Outcome").fill("");
    await look(page);
    await page.getByText("2 things have to be put right first").waitFor();
    await isMarked(page.getByLabel("Title"));
    await isMarked(level.getByLabel("Outcome"));
    await page.getByRole("button", { name: "Go to the field" }).first().click();
    await page.locator("[aria-invalid]:focus").waitFor();
  });

  test("names the circle that requirements would run in", async () => {
    const page = await curate("/curate/topics/http");
    const search = page.getByRole("region", { name: "Working" }).getByRole("combobox", { name: "Needs first: add a topic" });
    await search.fill("caching");
    await page.getByRole("option", { name: /^Caching/ }).click();
    await look(page);
    await page.getByText("The requirements would run in a circle:", { exact: true }).waitFor();
    for (const step of ["http@working", "caching@working"]) await page.getByRole("link", { name: step }).first().waitFor();
  });

  test("tells of what others have changed meanwhile, and keeps what is typed", async () => {
    const page = await curate("/curate/topics/message-queues");
    await page.getByLabel("Summary").fill("Work handed over, and not waited for.");
    await retitle("rate-limiting", "Limiting rates");
    await page.getByText(`The catalogue is at revision ${await revision()} by now`).waitFor();
    await look(page);
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Others have changed the catalogue since you opened it").waitFor();
    await dialog.getByText("Limiting rates").waitFor();
    await dialog.getByRole("button", { name: "Load their changes, keep mine" }).click();
    assert.equal(await page.getByLabel("Summary").inputValue(), "Work handed over, and not waited for.");
    await look(page);
    await differences(page).waitFor();
    await save(page, "Shorter");
  });

  test("asks before what is typed is left, and has it still after a reload", async () => {
    const page = await curate("/curate/topics/profiling");
    await page.getByLabel("Title").fill("Profiles");
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Plan" }).click();
    await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Stay" }).click();
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByText("You have typed into this topic before").waitFor();
    assert.equal(await page.getByLabel("Title").inputValue(), "Profiles");
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    assert.equal(await page.getByLabel("Title").inputValue(), "Profiling");
  });

  test("adds, renames and retires", async () => {
    const page = await curate("/curate/new/area");
    await page.getByLabel("Slug").fill("quantum");
    await page.getByLabel("Title").fill("Quantum things");
    await look(page);
    await differences(page).getByText("Quantum things").waitFor();
    await save(page, "For later");
    await addressHas(page, /^\/curate\/areas\/quantum$/);
    await page.getByRole("link", { name: "Rename" }).click();
    await page.getByLabel("New slug").fill("quanta");
    await look(page.getByRole("dialog"));
    await differences(page).getByText("quantum → quanta").waitFor();
    await page.getByRole("dialog").getByLabel("Message").fill("Shorter");
    await page.getByRole("dialog").getByRole("button", { name: "Rename", exact: true }).click();
    await addressHas(page, /^\/curate\/areas\/quanta$/);
    await page.getByRole("link", { name: "Retire" }).click();
    await look(page.getByRole("dialog"));
    await differences(page).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Retire", exact: true }).click();
    await addressHas(page, /^\/curate\/areas$/);
  });

  test("imports a whole catalogue after a look at it; what can't be read is told with its line", async () => {
    const page = await curate("/curate/import");
    await page.getByRole("button", { name: "Load the catalogue as it is" }).click();
    const text = page.getByLabel("The text");
    await eventually(async () => (await text.inputValue()).length > 100_000, "the catalogue is there");
    const whole = await text.inputValue();
    const choose = (body) => page.locator("input[type=file]").setInputFiles({ name: "catalogue.yaml", mimeType: "application/yaml", buffer: Buffer.from(body) });
    const broken = whole.replace(/hours: \d+/, "hours: many");
    const line = broken.slice(0, broken.indexOf("hours: many")).split("\n").length;
    await choose(broken);
    await look(page);
    await page.getByRole("button", { name: new RegExp(`line ${line}\\b`, "i") }).first().waitFor();
    await choose(whole.replaceAll("Production readiness", "Being ready"));
    await look(page);
    await differences(page).getByText("Being ready").first().waitFor();
    await page.getByRole("dialog").getByLabel("Message").fill("By file");
    await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
    await addressHas(page, /^\/curate\/revisions\/\d+$/);
    await page.getByText("Being ready").first().waitFor();
  });

  test("shows what each revision has changed, and goes back to any", async () => {
    await retitle("postmortems", "Looking back");
    const number = await revision();
    const page = await curate("/curate/revisions");
    await page.getByRole("link", { name: `Revision ${number}`, exact: true }).click();
    await page.getByRole("insertion").filter({ hasText: "Looking back" }).waitFor();
    await page.getByLabel("Compare with revision").fill("1");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "What is different from revision 1" }).waitFor();
    await page.getByRole("link", { name: "Earlier" }).click();
    await addressHas(page, new RegExp(`/curate/revisions/${number - 1}$`));
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /Download/ }).click()]);
    assert.match(file.suggestedFilename(), new RegExp(`${number - 1}.*\\.ya?ml$`));
    await page.getByRole("button", { name: "Go back to this one" }).click();
    await differences(page).getByText("Looking back").first().waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Make it the catalogue again" }).click();
    await addressHas(page, new RegExp(`/curate/revisions/${number + 1}$`));
    const { topic } = await curator.ask('{ topic(slug: "postmortems") { title } }');
    assert.equal(topic.title, "Postmortems");
  });
});
