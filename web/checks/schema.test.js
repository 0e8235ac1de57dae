// The schema in the eyes of the linters that its users have, and against what it was: nothing breaks unannounced.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { diff } from "@graphql-inspector/core";
import { ESLint } from "eslint";
import { buildSchema } from "graphql";

const here = fileURLToPath(new URL(".", import.meta.url));
const file = fileURLToPath(new URL("../../schema.graphql", import.meta.url));
const announced = fileURLToPath(new URL("../../docs/api-changes.md", import.meta.url));

/** The schema of a commit; undefined where there is none. */
function committed(commit) {
  try {
    const options = { cwd: here, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("git", ["show", `${commit}:schema.graphql`], options);
  } catch {
    return undefined;
  }
}

describe("The schema", () => {
  test("has nothing that @graphql-eslint objects to", async () => {
    const eslint = new ESLint({ cwd: here });
    const results = await eslint.lintText(await readFile(file, "utf8"), { filePath: "schema.graphql" });
    const said = results.flatMap((result) => result.messages.map(({ line, message, ruleId }) => `${line}: ${message} (${ruleId})`));
    assert.deepEqual(said, []);
  });

  test("has nothing that graphql-schema-linter objects to", () => {
    // Its rules stand in package.json: all but those that sort by name. Fields stand in the order in which they are understood.
    const linter = fileURLToPath(new URL("node_modules/.bin/graphql-schema-linter", import.meta.url));
    execFileSync(linter, ["--config-directory", here, file], { cwd: here, stdio: "pipe" });
  });

  test("breaks nothing that docs/api-changes.md does not announce", async () => {
    const now = await readFile(file, "utf8");
    const head = committed("HEAD");
    const before = head === now ? (committed("HEAD~1") ?? head) : head;
    assert.ok(before, "there is no committed schema to compare with");
    const changes = await diff(buildSchema(before), buildSchema(now));
    const breaking = changes.filter((change) => change.criticality.level === "BREAKING").map((change) => change.message);
    const text = await readFile(announced, "utf8");
    assert.deepEqual(breaking.filter((message) => !text.includes(message)), []);
  });
});
