/** A resource as a form, with what it teaches. */
import type { CreateResourceInput, ResourceKind } from "../api/schema.generated";
import type { EditResourceQuery } from "./curate.generated";
import { changed, checkNumber, checkWhole, linesOf, numberOf, numberOrNull, stepInput, stepRef, textOrNull, type StepRef } from "./form-values";
import { isEqual } from "./merge";
import type { PlacedEdit, PlacedError } from "./place-errors";

export interface CoverageForm {
  step: StepRef;
  hours: string;
  /** How far it alone brings a learner, from 1 to 5. */
  fit: string;
  section: string;
}

/** A topic by what it is called. */
export interface TopicRef {
  slug: string;
  title: string;
}

export interface ResourceForm {
  slug: string;
  aliases: string[];
  title: string;
  kind: ResourceKind;
  url: string;
  isbn: string;
  doi: string;
  arxiv: string;
  standard: string;
  /** The day of the confirmation, and by what, a line each. */
  attestedOn: string;
  attestedBy: string;
  /** A line each. */
  authors: string;
  provider: string;
  year: string;
  language: string;
  price: string;
  quality: string;
  /** It is for those who learn or know one of these; for everybody if there are none. */
  for: TopicRef[];
  covers: CoverageForm[];
}

export const BLANK_RESOURCE: ResourceForm = {
  slug: "",
  aliases: [],
  title: "",
  kind: "BOOK",
  url: "",
  isbn: "",
  doi: "",
  arxiv: "",
  standard: "",
  attestedOn: "",
  attestedBy: "",
  authors: "",
  provider: "",
  year: "",
  language: "en",
  price: "0",
  quality: "3",
  for: [],
  covers: [],
};

export function resourceForm(resource: NonNullable<EditResourceQuery["resource"]>): ResourceForm {
  const { for: audience, isbn, doi, arxiv, standard, attested, authors, provider, year, price, quality, covers, slug, aliases, title, kind, url, language } = resource;
  return {
    slug,
    aliases,
    title,
    kind,
    url,
    language,
    isbn: isbn ?? "",
    doi: doi ?? "",
    arxiv: arxiv ?? "",
    standard: standard ?? "",
    attestedOn: attested?.on ?? "",
    attestedBy: attested?.by.join("\n") ?? "",
    authors: authors.join("\n"),
    provider: provider ?? "",
    year: year === null ? "" : String(year),
    price: String(price),
    quality: String(quality),
    for: audience.map(({ slug: topic, title: called }) => ({ slug: topic, title: called })),
    covers: covers.map(({ step, hours, fit, section }) => ({ step: stepRef(step), hours: String(hours), fit: String(fit), section: section ?? "" })),
  };
}

export function checkResource({ year, price, quality, covers, attestedBy, attestedOn }: ResourceForm): PlacedError[] {
  const isHalf = attestedOn === "" && linesOf(attestedBy).length > 0;
  return [
    ...checkWhole(year, ["year"], false),
    ...checkNumber(price, ["price"]),
    ...checkWhole(quality, ["quality"]),
    ...covers.flatMap(({ hours }, index) => checkNumber(hours, ["covers", String(index), "hours"])),
    ...(isHalf ? [{ path: ["attested"], message: "Say on which day it was confirmed.", circle: null }] : []),
  ];
}

function resourceInput(form: ResourceForm): Omit<CreateResourceInput, "slug"> {
  return {
    title: form.title,
    kind: form.kind,
    url: form.url.trim(),
    language: form.language.trim(),
    isbn: textOrNull(form.isbn),
    doi: textOrNull(form.doi),
    arxiv: textOrNull(form.arxiv),
    standard: textOrNull(form.standard),
    attested: form.attestedOn === "" ? null : { on: form.attestedOn, by: linesOf(form.attestedBy) },
    authors: linesOf(form.authors),
    provider: textOrNull(form.provider),
    year: numberOrNull(form.year),
    price: numberOf(form.price),
    quality: numberOf(form.quality),
    for: form.for.map(({ slug }) => slug),
    covers: form.covers.map(({ step, hours, fit, section }) => ({ step: stepInput(step), hours: numberOf(hours), fit: numberOf(fit), section: textOrNull(section) })),
  };
}

/** The arguments have the names of the fields. */
const place: PlacedEdit["place"] = (path) => path;

export function resourceEdits(original: ResourceForm | undefined, form: ResourceForm): PlacedEdit[] {
  if (!original) return [{ edit: { createResource: { slug: form.slug, ...resourceInput(form) } }, place }];
  const input = { ...changed(resourceInput(original), resourceInput(form)), ...(!isEqual(original.aliases, form.aliases) && { aliases: form.aliases }) };
  return Object.keys(input).length > 0 ? [{ edit: { updateResource: { slug: original.slug, ...input } }, place }] : [];
}
