// Takes the pictures of the main pages for docs/images, from a server of its own: `npm run screenshots`, after the pages have changed. It needs
// pngquant (Debian's package of that name), which makes them a third as large.

import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { launchBrowser } from "./browser.js";
import { PHONE, ROADMAP, WIDE, contextFor, enrol, rest, settled, signIn, withServer } from "./client/harness.js";

const folder = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const QUESTION = { from: "mid-level-backend-engineer", to: "backend-architect" };
const DAY = 24 * 3600 * 1000;

const day = (ago) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);

/** Somebody who has followed a roadmap for some weeks, which gives the address of its page. */
async function follower(person) {
  const input = { title: "Becoming an architect", roadmap: { ...QUESTION, startOn: day(0) } };
  const { roadmap } = await person.does("saveRoadmap", "SaveRoadmapInput", input, "roadmap { id next(first: 6) { topic level hours } }");
  const { id, next } = roadmap;
  for (const { topic, level } of next.slice(0, 4)) await person.does("completeStep", "RoadmapStepInput", { roadmap: id, step: { topic, level } }, "");
  for (let ago = 40; ago > 0; ago -= 3) await person.does("logStudy", "LogStudyInput", { roadmap: id, hours: 1 + (ago % 4), day: day(ago) }, "");
  const { topic, level } = next[4];
  await person.does("startStep", "RoadmapStepInput", { roadmap: id, step: { topic, level } }, "");
  return `/my/${id}`;
}

/** The differences between two revisions, which gives the address of their page. */
async function revision(person) {
  const edits = [
    ["updateTopic", "UpdateTopicInput", { slug: "caching", summary: "Answers kept near, for as long as they are right.", message: "Caching in plainer words" }],
    ["updateTopic", "UpdateTopicInput", { slug: "message-queues", title: "Queues and streams", message: "Streams are meant too" }],
  ];
  for (const edit of edits) await person.does(...edit, "");
  return "/curate/revisions/3?against=1";
}

await mkdir(folder, { recursive: true });
await withServer(async (origin, server) => {
  const browser = await launchBrowser();
  try {
    const ada = await enrol(server, "Ada");
    await server.command("user", "grant", ada.email, "curator");
    const followed = await follower(ada);
    const pictures = [
      { name: "plan", path: ROADMAP },
      { name: "plan-dark", path: ROADMAP, theme: "dark" },
      { name: "graph", path: `${ROADMAP}&view=graph`, inHand: /^System design Working/ },
      { name: "details", path: `${ROADMAP}&view=list&step=caching@working` },
      { name: "compare", path: `/compare?a=${encodeURIComponent(ROADMAP.split("?")[1])}&b=from%3Dmid-level-backend-engineer%26to%3Dengineering-manager` },
      { name: "follow", path: followed, person: ada },
      { name: "phone", path: ROADMAP, width: PHONE },
      { name: "phone-dark", path: ROADMAP, width: PHONE, theme: "dark" },
      // Last, since the catalogue is another after it.
      { name: "curate", path: () => revision(ada), person: ada },
    ];
    for (const { name, path, person, width = WIDE, theme, inHand } of pictures) {
      const context = await contextFor(browser, origin, { width, theme, reducedMotion: "reduce" });
      if (person) await signIn(context, origin, person);
      const page = await context.newPage();
      await page.goto(typeof path === "function" ? await path() : path, { waitUntil: "networkidle" });
      await settled(page);
      if (inHand) await page.getByRole("button", { name: inHand }).focus();
      await rest(page);
      const file = `${folder}${name}.png`;
      await page.screenshot({ path: file });
      await promisify(execFile)("pngquant", ["--force", "--strip", "--output", file, "128", file]);
      await context.close();
    }
  } finally {
    await browser.close();
  }
});
