import { expect, test } from "vitest";
import { fileName } from "./files";

test("files are called by where the way leads", () => {
  const role = (slug: string) => ({ slug, title: slug });
  expect(fileName({ from: role("mid"), to: role("senior") }, "md")).toBe("roadmap-from-mid-to-senior.md");
  expect(fileName({ from: null, to: role("senior") }, "ics")).toBe("roadmap-to-senior.ics");
  expect(fileName({ from: null, to: null }, "csv")).toBe("roadmap.csv");
});
