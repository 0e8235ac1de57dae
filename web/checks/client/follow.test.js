// Following a roadmap: kept, worked on, shared; in two windows at once, and through a lost connection.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { AWAY, addressHas, eventually, settled, useClient } from "./harness.js";

const QUESTION = { from: "mid-level-backend-engineer", to: "senior-backend-engineer" };
const STATES = "query States($id: ID!) { savedRoadmap(id: $id) { progress { stepsDone hoursSpent } next(first: 20) { topic state } } }";

describe("Following", () => {
  const client = useClient();

  /** Somebody who follows a roadmap, which gives the address of its page. */
  async function learner(name) {
    const person = await client.person(name);
    const { roadmap } = await person.does("saveRoadmap", "SaveRoadmapInput", { title: `The way of ${name}`, roadmap: QUESTION }, "roadmap { id }");
    const state = async () => (await person.ask(STATES, { id: roadmap.id })).savedRoadmap;
    return { person, path: `/my/${roadmap.id}`, state };
  }

  const follow = async ({ person, path }, options = {}) => {
    const page = await client.open(path, { person, ...options });
    await settled(page);
    return page;
  };
  const next = (page) => page.getByRole("region", { name: "What is next" });
  const done = (page, count) => page.getByRole("region", { name: "Progress" }).getByText(new RegExp(`^${count} of \\d+$`)).waitFor();
  const press = (page, name) => next(page).getByRole("button", { name }).click();

  test("an account is made on the way to keeping a roadmap, and the question is not lost", async () => {
    const page = await client.open("/plan?from=mid-level-backend-engineer&to=senior-backend-engineer&hours=10");
    await page.getByRole("link", { name: "Sign in to keep it" }).click();
    await page.getByRole("radio", { name: "I am new here" }).check();
    await page.getByLabel("Email address").fill("grace@example.org");
    await page.getByLabel("What you want to be called").fill("Grace");
    const password = page.getByRole("textbox", { name: "Password" });
    await password.fill("short");
    await page.getByRole("button", { name: "Get an account" }).click();
    await eventually(async () => (await password.getAttribute("aria-invalid")) === "true", "the password is refused at its field");
    await password.fill("three plain words");
    await page.getByRole("button", { name: "Get an account" }).click();
    await addressHas(page, /^\/plan\?from=mid-level-backend-engineer&to=senior-backend-engineer&hours=10$/);
    await page.getByRole("link", { name: "Grace" }).waitFor();
    await page.getByRole("button", { name: "Keep it", exact: true }).click();
    const title = page.getByRole("dialog", { name: "Keep this roadmap" }).getByLabel("What you call it");
    assert.equal(await title.inputValue(), "Mid-level backend engineer to Senior backend engineer");
    await title.fill("My way up");
    await page.getByRole("button", { name: "Keep it and follow it" }).click();
    await addressHas(page, /^\/my\//);
    await page.getByRole("heading", { level: 1, name: /^My way up/ }).waitFor();
    await page.getByRole("link", { name: "My roadmaps" }).click();
    await page.getByRole("link", { name: "My way up" }).waitFor();
  });

  test("steps are begun, completed and opened again; hours are logged and taken away", async () => {
    const ada = await learner("ada");
    const page = await follow(ada);
    await done(page, 0);
    await press(page, "Begin Concurrency, working");
    await next(page).getByRole("button", { name: "Begin Concurrency, working" }).waitFor({ state: "detached" });
    await press(page, "Log hours on Concurrency, working");
    const dialog = page.getByRole("dialog", { name: "Hours on Concurrency, working" });
    await dialog.getByLabel("Hours", { exact: true }).fill("2.5");
    await dialog.getByLabel("Note").fill("Read about keys");
    await dialog.getByRole("button", { name: "Log", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const log = page.getByRole("region", { name: "Hours", exact: true });
    await log.getByText(/Concurrency, working · Read about keys/).waitFor();
    await page.getByRole("region", { name: "Progress" }).getByText(/^2\.5 h/).waitFor();
    await press(page, "Complete Concurrency, working");
    await done(page, 1);
    await next(page).getByRole("heading", { name: /^Concurrency/ }).waitFor({ state: "detached" });
    await eventually(async () => (await ada.state()).progress.stepsDone === 1, "it reaches the server");

    await page.getByRole("region", { name: "Steps" }).getByRole("button", { name: /^Concurrency Working/ }).click();
    await page.getByRole("region", { name: "Concurrency", exact: true }).getByRole("button", { name: "Reopen Concurrency, working" }).click();
    await done(page, 0);
    await page.getByRole("button", { name: "Close the details" }).click();
    await log.getByRole("button", { name: /^Remove 2\.5 h on / }).click();
    await log.getByText("Nothing logged yet.").waitFor();
    await eventually(async () => (await ada.state()).progress.hoursSpent === 0, "it reaches the server");
  });

  test("a step that one does not want is skipped; the history says what came of it", async () => {
    const page = await follow(await learner("barbara"));
    await press(page, "Skip Concurrency, working");
    await page.getByRole("dialog", { name: "Skip Concurrency, working?" }).getByRole("button", { name: "I know it already" }).click();
    await next(page).getByRole("heading", { name: /^Concurrency/ }).waitFor({ state: "detached" });
    await page.getByRole("region", { name: "History" }).getByText("A step skipped").waitFor();
    await page.getByRole("button", { name: "Plan anew" }).first().click();
    const told = page.getByRole("dialog", { name: "Planned anew" });
    await told.getByText(/Nothing is different|are left to learn/).waitFor();
    await told.getByRole("button", { name: "Good" }).click();
  });

  test("wishes are changed in the form, and the changes told", async () => {
    const page = await follow(await learner("dorothy"));
    await page.getByRole("link", { name: "Change wishes" }).click();
    await page.getByRole("spinbutton", { name: "Hours a week" }).fill("12");
    await page.getByText("at 12 hours a week").waitFor();
    await page.getByRole("button", { name: "Save the changed wishes" }).click();
    await page.getByRole("dialog", { name: "The wishes are saved" }).getByRole("button", { name: "To the roadmap" }).click();
    await page.getByText(/, 12 hours a week\. Planned until/).waitFor();
    await page.getByRole("region", { name: "History" }).getByText("Wishes changed").waitFor();
  });

  test("a link shows it to others, until it is taken back", async () => {
    const page = await follow(await learner("edith"));
    await page.getByRole("button", { name: "Share" }).click();
    const dialog = page.getByRole("dialog", { name: "Share" });
    await dialog.getByRole("button", { name: "Make a link" }).click();
    const link = await dialog.getByLabel("The link").inputValue();

    const other = await client.open(link);
    await other.getByRole("heading", { level: 1, name: "The way of edith" }).waitFor();
    await other.getByRole("region", { name: "Senior backend engineer" }).waitFor();
    assert.equal(await other.getByRole("button", { name: /^(Begin|Complete|Skip)/ }).count(), 0);

    const friend = await client.open(link, { person: await client.person("fran") });
    await friend.getByRole("button", { name: "Copy to my roadmaps" }).click();
    await addressHas(friend, /^\/my\//);
    await friend.getByRole("heading", { level: 1, name: /The way of edith/ }).waitFor();

    await dialog.getByRole("button", { name: "Stop sharing" }).click();
    await dialog.getByRole("button", { name: "Make a link" }).waitFor();
    await other.reload();
    await other.getByText("Nothing is shared here.").waitFor();
  });

  test("calendar programs get an address of their own", async () => {
    const page = await follow(await learner("grete"));
    await page.getByRole("button", { name: "Calendar" }).click();
    const dialog = page.getByRole("dialog", { name: "In your calendar" });
    await dialog.getByRole("button", { name: "Make an address" }).click();
    const address = await dialog.getByLabel("The address").inputValue();
    const feed = await fetch(address);
    assert.equal(feed.headers.get("content-type"), "text/calendar; charset=utf-8");
    assert.match(await feed.text(), /^BEGIN:VCALENDAR/);
    await dialog.getByRole("button", { name: "Close the address" }).click();
    await dialog.getByRole("button", { name: "Make an address" }).waitFor();
    assert.equal((await fetch(address)).status, 404);
  });

  test("two windows follow each other", async () => {
    const hedy = await learner("hedy");
    const [desk, phone] = [await follow(hedy), await follow(hedy, { width: 390 })];
    await press(desk, "Complete Concurrency, working");
    await done(phone, 1);
    await press(phone, "Complete Cloud fundamentals, aware");
    await done(desk, 2);
    await desk.getByRole("button", { name: "Rename the roadmap" }).click();
    await desk.getByLabel("Title").fill("Together");
    await desk.getByRole("button", { name: "Save", exact: true }).click();
    await phone.getByRole("heading", { level: 1, name: /^Together/ }).waitFor();
  });

  test("a server that crashes loses nothing: it is said, and sent when it is back", async () => {
    const ida = await learner("ida");
    const page = await follow(ida, { tolerates: AWAY });
    const other = await follow(ida, { tolerates: AWAY });
    await client.server.crash(async () => {
      await press(page, "Complete Concurrency, working");
      await page.getByText(/No connection to the server; it is being tried again\./).waitFor();
      await next(page).getByRole("heading", { name: /^Concurrency/ }).waitFor({ state: "detached" });
      await press(page, "Begin Cloud fundamentals, aware");
      await page.getByText(/2 changes will be sent as soon as it is back\./).waitFor();
      await page.getByText("waiting to be sent").first().waitFor();
    });
    await page.getByText(/No connection/).waitFor({ state: "detached" });
    await page.getByText("All changes are saved.").waitFor();
    await done(page, 1);
    await done(other, 1);
    const { progress, next: ahead } = await ida.state();
    assert.equal(progress.stepsDone, 1);
    assert.equal(ahead.find(({ topic }) => topic === "cloud-fundamentals").state, "STARTED");
  });

  test("what was done without a network outlives the window", async () => {
    const jean = await learner("jean");
    const page = await follow(jean, { tolerates: AWAY });
    const context = page.context();
    await context.setOffline(true);
    await page.getByText(/No connection/).waitFor();
    await press(page, "Complete Concurrency, working");
    await page.getByText(/1 change will be sent/).waitFor();
    await page.close();
    await context.setOffline(false);
    assert.equal((await jean.state()).progress.stepsDone, 0);
    const again = await context.newPage();
    await again.goto(jean.path);
    await done(again, 1);
    await eventually(async () => (await jean.state()).progress.stepsDone === 1, "it reaches the server");
  });

  test("what the server refuses is told, and is not shown as done", async () => {
    const kay = await learner("kay");
    const page = await follow(kay, { tolerates: AWAY });
    await page.context().setOffline(true);
    await press(page, "Complete Concurrency, working");
    await page.getByText(/1 change will be sent/).waitFor();
    const id = decodeURIComponent(kay.path.slice("/my/".length));
    await kay.person.does("deleteRoadmap", "SavedRoadmapInput", { id }, "");
    await page.context().setOffline(false);
    await page.getByText(/^Completing Concurrency, working was refused: /).waitFor();
  });

  test("a roadmap is put aside, and deleted after being asked", async () => {
    const page = await follow(await learner("lise"));
    await page.getByRole("button", { name: "Put aside" }).click();
    await page.getByText("This roadmap is put aside.").waitFor();
    await page.getByRole("button", { name: "Take up again" }).click();
    await page.getByText("This roadmap is put aside.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("dialog", { name: /^Delete “The way of lise”\?/ }).getByRole("button", { name: "Delete it" }).click();
    await addressHas(page, /^\/my$/);
    await page.getByText("No roadmap yet.").waitFor();
  });
});
