/** A topic as a form, with its levels; and the edits that come of it, which are made as one revision. */
import type { LevelInput, Proficiency, UpdateTopicInput } from "../api/schema.generated";
import { LEVELS } from "../format/format";
import type { EditTopicQuery } from "./curate.generated";
import { changed, checkNumber, checkWhole, linesOf, numberOf, requirementForm, requirementInput, stepInput, textOrNull, type RequirementForm, type StepRef } from "./form-values";
import { isEqual } from "./merge";
import type { FormPath, PlacedEdit, PlacedError } from "./place-errors";

export interface LevelForm {
  hours: string;
  outcome: string;
  /** What to do to reach the outcome. */
  practice: string;
  /** Without the level below, which goes without saying. */
  requires: RequirementForm[];
  recommends: RequirementForm[];
  /** Whether it is not in the catalogue yet. */
  isNew?: boolean;
  /** That it goes, and what takes its place. */
  retire?: { replacement: StepRef | null };
}

export interface TopicForm {
  slug: string;
  aliases: string[];
  title: string;
  area: string;
  summary: string;
  elective: string;
  /** Other names that people use, a line each. */
  names: string;
  popularity: string;
  /** Addresses of the same thing elsewhere, a line each. */
  links: string;
  levels: Partial<Record<Proficiency, LevelForm>>;
}

export const BLANK_LEVEL: LevelForm = { hours: "", outcome: "", practice: "", requires: [], recommends: [] };
export const BLANK_TOPIC: TopicForm = {
  slug: "",
  aliases: [],
  title: "",
  area: "",
  summary: "",
  elective: "",
  names: "",
  popularity: "50",
  links: "",
  levels: { WORKING: BLANK_LEVEL },
};

export function topicForm(topic: NonNullable<EditTopicQuery["topic"]>): TopicForm {
  const { slug, aliases, title, area, summary, elective, names, popularity, links, steps } = topic;
  const isOwn = ({ anyOf }: RequirementForm) => anyOf.length === 1 && anyOf[0]?.topic === slug;
  const levels = steps.map(({ level, hours, outcome, practice, requires, recommends }) => {
    const needs = requires.map((one) => requirementForm(one)).filter((one) => !isOwn(one));
    const form: LevelForm = { hours: String(hours), outcome, practice: practice ?? "", requires: needs, recommends: recommends.map((one) => requirementForm(one)) };
    return [level, form] as const;
  });
  return {
    slug,
    aliases,
    title,
    area: area.slug,
    summary,
    elective: elective ?? "",
    names: names.join("\n"),
    popularity: String(popularity),
    links: links.join("\n"),
    levels: Object.fromEntries(levels),
  };
}

export function checkTopic({ levels, popularity }: TopicForm): PlacedError[] {
  const wrong = LEVELS.flatMap((level) => {
    const form = levels[level];
    return form && !form.retire ? checkNumber(form.hours, ["levels", level, "hours"]) : [];
  });
  return [...checkWhole(popularity, ["popularity"]), ...wrong];
}

const levelsOf = ({ levels }: TopicForm) => LEVELS.flatMap((level) => (levels[level] ? [[level, levels[level]] as const] : []));

const levelInput = ({ hours, outcome, practice, requires, recommends }: LevelForm): Omit<LevelInput, "level"> => ({
  hours: numberOf(hours),
  outcome,
  practice: textOrNull(practice),
  requires: requires.map(requirementInput),
  recommends: recommends.map(requirementInput),
});

const topicInput = ({ title, area, summary, elective, names, popularity, links }: TopicForm) => ({
  title,
  area,
  summary,
  elective: textOrNull(elective),
  names: linesOf(names),
  popularity: numberOf(popularity),
  links: linesOf(links),
});

export function topicEdits(original: TopicForm | undefined, form: TopicForm): PlacedEdit[] {
  if (!original) return [createTopic(form)];
  const input: Omit<UpdateTopicInput, "slug"> = {
    ...changed(topicInput(original), topicInput(form)),
    ...(!isEqual(original.aliases, form.aliases) && { aliases: form.aliases }),
  };
  const update: PlacedEdit[] = Object.keys(input).length > 0 ? [{ edit: { updateTopic: { slug: original.slug, ...input } }, place: (path) => path }] : [];
  const levels = levelsOf(form).flatMap(([level, after]) => stepEdit(original.slug, level, original.levels[level], after));
  // What goes, goes last: others may have let go of it before.
  return [...update, ...levels.filter(({ edit }) => !edit.retireStep), ...levels.filter(({ edit }) => edit.retireStep)];
}

function createTopic(form: TopicForm): PlacedEdit {
  const levels = levelsOf(form);
  const place = ([first, index, ...rest]: FormPath): FormPath => {
    if (first !== "levels" || index === undefined) return first === undefined ? [] : [first];
    return ["levels", levels[Number(index)]?.[0] ?? index, ...rest];
  };
  const input = { slug: form.slug, ...topicInput(form), levels: levels.map(([level, one]) => ({ level, ...levelInput(one) })) };
  return { edit: { createTopic: input }, place };
}

function stepEdit(topic: string, level: Proficiency, before: LevelForm | undefined, after: LevelForm): PlacedEdit[] {
  const step = { topic, level };
  const place = (path: FormPath): FormPath => ["levels", level, ...(path[0] === "step" || path[0] === "topic" || path[0] === "level" ? [] : path)];
  if (!before) return [{ edit: { createStep: { ...step, ...levelInput(after) } }, place }];
  if (after.retire) {
    const { replacement } = after.retire;
    return [{ edit: { retireStep: { step, ...(replacement && { replacement: stepInput(replacement) }) } }, place }];
  }
  const input = changed(levelInput(before), levelInput(after));
  return Object.keys(input).length > 0 ? [{ edit: { updateStep: { step, ...input } }, place }] : [];
}
