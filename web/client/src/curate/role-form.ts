/** A role as a form, with what it asks for; and an area, which has less. */
import type { EditAreaQuery, EditRoleQuery } from "./curate.generated";
import { changed, requirementForm, textOrNull, weightedInput, type RequirementForm } from "./form-values";
import { isEqual } from "./merge";
import type { PlacedEdit } from "./place-errors";

export interface RoleForm {
  slug: string;
  aliases: string[];
  title: string;
  summary: string;
  /** The slug of the role below; empty for the first. */
  after: string;
  requires: RequirementForm[];
}

export interface AreaForm {
  slug: string;
  aliases: string[];
  title: string;
  summary: string;
}

export const BLANK_ROLE: RoleForm = { slug: "", aliases: [], title: "", summary: "", after: "", requires: [] };
export const BLANK_AREA: AreaForm = { slug: "", aliases: [], title: "", summary: "" };

export function roleForm({ slug, aliases, title, summary, after, requires }: NonNullable<EditRoleQuery["role"]>): RoleForm {
  return { slug, aliases, title, summary, after: after?.slug ?? "", requires: requires.map((one) => requirementForm(one)) };
}

export const areaForm = ({ slug, aliases, title, summary }: NonNullable<EditAreaQuery["area"]>): AreaForm => ({ slug, aliases, title, summary: summary ?? "" });

/** The arguments have the names of the fields. */
const place: PlacedEdit["place"] = (path) => path;

const roleInput = ({ title, summary, after, requires }: RoleForm) => ({ title, summary, after: textOrNull(after), requires: requires.map(weightedInput) });

export function roleEdits(original: RoleForm | undefined, form: RoleForm): PlacedEdit[] {
  if (!original) return [{ edit: { createRole: { slug: form.slug, ...roleInput(form) } }, place }];
  const input = { ...changed(roleInput(original), roleInput(form)), ...aliasesOf(original, form) };
  return Object.keys(input).length > 0 ? [{ edit: { updateRole: { slug: original.slug, ...input } }, place }] : [];
}

const areaInput = ({ title, summary }: AreaForm) => ({ title, summary: textOrNull(summary) });

export function areaEdits(original: AreaForm | undefined, form: AreaForm): PlacedEdit[] {
  if (!original) return [{ edit: { createArea: { slug: form.slug, ...areaInput(form) } }, place }];
  const input = { ...changed(areaInput(original), areaInput(form)), ...aliasesOf(original, form) };
  return Object.keys(input).length > 0 ? [{ edit: { updateArea: { slug: original.slug, ...input } }, place }] : [];
}

const aliasesOf = (original: { aliases: string[] }, form: { aliases: string[] }) => !isEqual(original.aliases, form.aliases) && { aliases: form.aliases };
