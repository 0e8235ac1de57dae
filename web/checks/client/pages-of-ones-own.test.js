// Each page of learners and curators, as everyone is to be able to use it.

import { before, describe, test } from "node:test";

import { isForEveryone } from "./everywhere.js";
import { useClient } from "./harness.js";

const PAGES = {
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

describe("Pages of one's own", () => {
  const client = useClient();
  const own = {};

  before(async () => {
    own.person = await client.person("ada");
    await client.server.command("user", "grant", own.person.email, "curator");
    const input = { title: "Up", roadmap: { from: "mid-level-backend-engineer", to: "senior-backend-engineer" } };
    own.roadmap = (await own.person.does("saveRoadmap", "SaveRoadmapInput", input, "roadmap { id }")).roadmap.id;
    own.secret = (await own.person.does("shareRoadmap", "SavedRoadmapInput", { id: own.roadmap }, "secret")).secret;
  });

  for (const [name, path] of Object.entries(PAGES)) {
    test(`${name}: nothing that axe finds, nothing too wide`, () => isForEveryone(client, path(own), own.person));
  }
});
