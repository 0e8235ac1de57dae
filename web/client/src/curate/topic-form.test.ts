import { expect, test } from "vitest";
import { placeErrors } from "./place-errors";
import { BLANK_LEVEL, BLANK_TOPIC, checkTopic, topicEdits, topicForm, type TopicForm } from "./topic-form";

const step = (slug: string, level: "WORKING" | "PROFICIENT" = "WORKING") => ({ level, topic: { slug, title: slug, steps: [{ level: "WORKING" as const }] } });

const docker: TopicForm = topicForm({
  slug: "docker",
  aliases: ["containers"],
  title: "Docker",
  summary: "Containers.",
  elective: null,
  names: ["containers"],
  popularity: 80,
  links: [],
  area: { slug: "cloud" },
  steps: [
    { level: "WORKING", hours: 12, outcome: "Runs.", practice: "Run one.", requires: [{ anyOf: [step("linux")] }], recommends: [] },
    { level: "PROFICIENT", hours: 20, outcome: "Builds.", practice: null, requires: [{ anyOf: [step("docker")] }], recommends: [] },
  ],
});
const at = (edits: ReturnType<typeof topicEdits>, field: string[]) =>
  placeErrors([{ code: "INVALID", message: "", path: null, field: ["input", "edits", ...field] }], edits)[0]?.path;

test("the level below, which every level requires, is not in the form", () => {
  expect(docker.levels.PROFICIENT?.requires).toEqual([]);
  expect(docker.levels.WORKING?.requires).toHaveLength(1);
});

test("nothing changed makes no edit", () => {
  expect(topicEdits(docker, structuredClone(docker))).toEqual([]);
});

test("only what was changed is sent, what goes last", () => {
  const { WORKING = BLANK_LEVEL, PROFICIENT = BLANK_LEVEL } = docker.levels;
  const changed: TopicForm = {
    ...docker,
    title: "Containers",
    aliases: [],
    levels: { WORKING: { ...WORKING, retire: { replacement: null } }, PROFICIENT: { ...PROFICIENT, requires: [] , hours: "25" }, EXPERT: { ...BLANK_LEVEL, hours: "40" } },
  };
  expect(topicEdits(docker, changed).map(({ edit }) => edit)).toEqual([
    { updateTopic: { slug: "docker", title: "Containers", aliases: [] } },
    { updateStep: { step: { topic: "docker", level: "PROFICIENT" }, hours: 25 } },
    { createStep: { topic: "docker", level: "EXPERT", hours: 40, outcome: "", practice: null, requires: [], recommends: [] } },
    { retireStep: { step: { topic: "docker", level: "WORKING" } } },
  ]);
  const edits = topicEdits(docker, changed);
  expect(at(edits, ["0", "updateTopic", "title"])).toEqual(["title"]);
  expect(at(edits, ["1", "updateStep", "hours"])).toEqual(["levels", "PROFICIENT", "hours"]);
  expect(at(edits, ["3", "retireStep", "step"])).toEqual(["levels", "WORKING"]);
});

test("practice, names and popularity are sent as the API has them", () => {
  const { WORKING = BLANK_LEVEL } = docker.levels;
  const changed: TopicForm = { ...docker, names: "containers\n  moby \n", popularity: "90", levels: { ...docker.levels, WORKING: { ...WORKING, practice: " " } } };
  expect(topicEdits(docker, changed).map(({ edit }) => edit)).toEqual([
    { updateTopic: { slug: "docker", names: ["containers", "moby"], popularity: 90 } },
    { updateStep: { step: { topic: "docker", level: "WORKING" }, practice: null } },
  ]);
});

test("errors of a new topic are placed at its levels by name", () => {
  const fresh: TopicForm = { ...BLANK_TOPIC, levels: { AWARE: BLANK_LEVEL, EXPERT: BLANK_LEVEL } };
  const edits = topicEdits(undefined, fresh);
  expect(at(edits, ["0", "createTopic", "levels", "1", "requires", "0", "anyOf", "1"])).toEqual(["levels", "EXPERT", "requires", "0", "anyOf", "1"]);
  expect(at(edits, ["0", "createTopic", "slug"])).toEqual(["slug"]);
});

test("hours that are no number are told before anything is sent", () => {
  expect(checkTopic(BLANK_TOPIC).map(({ path }) => path)).toEqual([["levels", "WORKING", "hours"]]);
  expect(checkTopic(docker)).toEqual([]);
});
