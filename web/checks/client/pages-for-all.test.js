// Each page that needs no account, as everyone is to be able to use it.

import { describe, test } from "node:test";

import { isForEveryone } from "./everywhere.js";
import { ROADMAP, useClient } from "./harness.js";

const QUESTION = "from=mid-level-backend-engineer&to=backend-architect&start=2026-12-07";

const PAGES = {
  "the first view": "/",
  "the timeline": ROADMAP,
  "the graph": `${ROADMAP}&view=graph`,
  "the list": `${ROADMAP}&view=list`,
  "the choices": `${ROADMAP}&view=choices`,
  "the resources of a roadmap": `${ROADMAP}&view=resources`,
  "the details of a step": `${ROADMAP}&step=design-principles@working`,
  "what is assumed": `${ROADMAP}&step=javascript@proficient`,
  "a last day that not everything fits by": `${ROADMAP}&by=2028-12-01`,
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

describe("Pages for all", () => {
  const client = useClient();
  for (const [name, path] of Object.entries(PAGES)) test(`${name}: nothing that axe finds, nothing too wide`, () => isForEveryone(client, path));
});
