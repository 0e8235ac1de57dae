import { expect, test } from "vitest";
import { BLANK_RESOURCE, checkResource, resourceEdits, resourceForm } from "./resource-form";

const step = (slug: string) => ({ level: "WORKING" as const, topic: { slug, title: slug, steps: [{ level: "WORKING" as const }] } });

const book = resourceForm({
  slug: "book",
  aliases: [],
  title: "Book",
  kind: "BOOK",
  url: "https://example.org/",
  isbn: null,
  doi: null,
  arxiv: null,
  standard: null,
  attested: null,
  authors: ["Ada"],
  provider: null,
  year: 2020,
  language: "en",
  price: 0,
  quality: 4,
  for: [{ slug: "java", title: "Java" }],
  covers: [
    { step: step("caching"), hours: 2, fit: 5, section: "One" },
    { step: step("queues"), hours: 3, fit: 1, section: null },
  ],
});

test("nothing changed makes no edit", () => {
  expect(resourceEdits(book, structuredClone(book))).toEqual([]);
});

test("how far it brings a learner stays as it was where something else about it is changed", () => {
  const [first, ...others] = book.covers;
  const changed = { ...book, covers: first ? [{ ...first, hours: "2.5" }, ...others] : [] };
  expect(resourceEdits(book, changed).map(({ edit }) => edit)).toEqual([
    {
      updateResource: {
        slug: "book",
        covers: [
          { step: { topic: "caching", level: "WORKING" }, hours: 2.5, fit: 5, section: "One" },
          { step: { topic: "queues", level: "WORKING" }, hours: 3, fit: 1, section: null },
        ],
      },
    },
  ]);
});

test("whom it is made for is sent by slug, and nobody in particular as an empty list", () => {
  expect(resourceEdits(book, { ...book, for: [] })[0]?.edit).toEqual({ updateResource: { slug: "book", for: [] } });
  expect(checkResource({ ...BLANK_RESOURCE, price: "" }).map(({ path }) => path)).toEqual([["price"]]);
});
