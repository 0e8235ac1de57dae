// Judges the cases anew, where the schema or graphql-js has changed.

import { readFile, writeFile } from "node:fs/promises";

import { judge } from "./oracle.js";

const file = new URL("documents.json", import.meta.url);
const cases = JSON.parse(await readFile(file, "utf8"));
const judged = cases.map((one) => {
  const { valid, why = null } = judge(one);
  const { rule, document, variables, operationName } = one;
  return { rule, document, variables, operationName, valid, why };
});
await writeFile(file, `[\n${judged.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
