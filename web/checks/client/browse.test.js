// The catalogue as everybody browses it: topics, resources, roles.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { addressHas, planned, settled, useClient } from "./harness.js";

describe("Browsing", () => {
  const client = useClient();

  const browse = async (path, options) => {
    const page = await client.open(path, options);
    await settled(page);
    return page;
  };

  test("topics are found as one types, and the address has what was looked for", async () => {
    const page = await browse("/topics");
    await page.getByText("380 topics").waitFor();
    await page.getByRole("search", { name: "Topics" }).getByLabel("Search").fill("kafka");
    await page.getByRole("link", { name: "Apache Kafka" }).waitFor();
    await addressHas(page, /search=kafka/);
    await page.getByText("380 topics").waitFor({ state: "detached" });
    await page.getByLabel("Level").selectOption("PROFICIENT");
    await addressHas(page, /level=/);
    await settled(page);
    const count = await page.getByText(/^\d+ topics?$/).innerText();
    await page.reload();
    await settled(page);
    assert.equal(await page.getByText(/^\d+ topics?$/).innerText(), count);
    await page.getByRole("search", { name: "Topics" }).getByLabel("Search").fill("qzxwvj");
    await page.getByText("Nothing matches").waitFor();
  });

  test("a long list goes on at a click, and is as long after going back", async () => {
    const page = await browse("/resources");
    const entries = page.getByRole("region", { name: "Resources" }).getByRole("heading");
    const first = await entries.count();
    await page.getByRole("button", { name: "Show more" }).click();
    await entries.nth(first).waitFor();
    const more = await entries.count();
    await entries.first().getByRole("link").click();
    await page.getByRole("heading", { level: 1 }).and(page.getByText(/./)).waitFor();
    await page.goBack();
    await entries.nth(more - 1).waitFor();
  });

  test("a topic says what it takes, and leads to a way there", async () => {
    const page = await browse("/topics/system-design");
    const level = page.getByRole("region", { name: "Working" });
    await level.getByText(/\d+ h/).first().waitFor();
    await level.getByRole("link", { name: /^Plan a way to this ?: System design, Working$/ }).click();
    await planned(page);
    await page.getByRole("heading", { level: 1, name: "To your goals" }).waitFor();
    await addressHas(page, /^\/plan\?goals=system-design@working$/);
  });

  test("a role says what it asks for, and leads to a way there", async () => {
    const page = await browse("/roles");
    await page.getByRole("link", { name: "Backend architect" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Backend architect" }).waitFor();
    await page.getByRole("heading", { name: /^Matters most/ }).waitFor();
    await page.getByRole("link", { name: "Plan a way there" }).click();
    await planned(page);
    await addressHas(page, /^\/plan\?from=senior-backend-engineer&to=backend-architect$/);
  });

  test("who has learned from a resource rates it, after signing in", async () => {
    const person = await client.person("ada");
    const page = await browse("/resources/designing-data-intensive-applications");
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await page.getByLabel("Email address").fill(person.email);
    await page.getByRole("textbox", { name: "Password" }).fill(person.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await addressHas(page, /^\/resources\/designing-data-intensive-applications$/);
    await page.getByRole("radio", { name: "4 of 5: Good" }).click({ force: true });
    await page.getByText("Thank you, your rating counts.").waitFor();
    const { resource } = await person.ask('{ resource(slug: "designing-data-intensive-applications") { viewerRating } }');
    assert.equal(resource.viewerRating, 4);
  });

  test("what is not there is said", async () => {
    for (const [path, text] of [["/topics/nothing", "topic"], ["/resources/nothing", "resource"], ["/roles/nothing", "role"]]) {
      const page = await browse(path);
      await page.getByText(`The catalogue has no ${text} of that name.`).waitFor();
    }
  });
});
