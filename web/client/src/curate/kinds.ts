/** The four kinds of things that the catalogue has, as they are edited. */
import type { AnyVariables, TypedDocumentNode } from "@urql/core";
import { client } from "../api/client";
import { EditAreaDocument, EditResourceDocument, EditRoleDocument, EditTopicDocument, CurrentRevisionDocument } from "./curate.generated";
import type { Kind, LoadResult } from "./kind";
import { AreaReplacement, ResourceReplacement, RoleReplacement, TopicReplacement } from "./replacement";
import { ResourceFields } from "./resource-fields";
import { BLANK_RESOURCE, checkResource, resourceEdits, resourceForm, type ResourceForm } from "./resource-form";
import { AreaFields, RoleFields } from "./role-fields";
import { areaEdits, areaForm, BLANK_AREA, BLANK_ROLE, roleEdits, roleForm, type AreaForm, type RoleForm } from "./role-form";
import { TopicFields } from "./topic-fields";
import { BLANK_TOPIC, checkTopic, topicEdits, topicForm, type TopicForm } from "./topic-form";

interface Answer {
  catalog: { revision: number };
}

/** Asks the server anew: an editor begins with what is so now. What is new has no slug, and needs the revision alone. */
async function load<Data extends Answer, Form>(
  document: TypedDocumentNode<Data, { slug: string } & AnyVariables>,
  slug: string,
  formOf: (data: Data) => Form | null,
): Promise<LoadResult<Form>> {
  const now = { requestPolicy: "network-only" } as const;
  if (slug === "") {
    const { data, error } = await client.query(CurrentRevisionDocument, {}, now);
    return data ? { form: null, revision: data.catalog.revision } : { error: error as NonNullable<typeof error> };
  }
  const { data, error } = await client.query(document, { slug }, now);
  return data ? { form: formOf(data), revision: data.catalog.revision } : { error: error as NonNullable<typeof error> };
}

export const TOPIC: Kind<TopicForm> = {
  part: "topics",
  one: "topic",
  blank: BLANK_TOPIC,
  load: (slug) => load(EditTopicDocument, slug, ({ topic }) => topic && topicForm(topic)),
  check: checkTopic,
  edits: topicEdits,
  rename: (slug, newSlug) => ({ renameTopic: { slug, newSlug } }),
  retire: (slug, replacement) => ({ retireTopic: { slug, ...(replacement && { replacement }) } }),
  Fields: TopicFields,
  Replacement: TopicReplacement,
};

export const RESOURCE: Kind<ResourceForm> = {
  part: "resources",
  one: "resource",
  blank: BLANK_RESOURCE,
  load: (slug) => load(EditResourceDocument, slug, ({ resource }) => resource && resourceForm(resource)),
  check: checkResource,
  edits: resourceEdits,
  rename: (slug, newSlug) => ({ renameResource: { slug, newSlug } }),
  retire: (slug, replacement) => ({ retireResource: { slug, ...(replacement && { replacement }) } }),
  Fields: ResourceFields,
  Replacement: ResourceReplacement,
};

export const ROLE: Kind<RoleForm> = {
  part: "roles",
  one: "role",
  blank: BLANK_ROLE,
  load: (slug) => load(EditRoleDocument, slug, ({ role }) => role && roleForm(role)),
  check: () => [],
  edits: roleEdits,
  rename: (slug, newSlug) => ({ renameRole: { slug, newSlug } }),
  retire: (slug, replacement) => ({ retireRole: { slug, ...(replacement && { replacement }) } }),
  Fields: RoleFields,
  Replacement: RoleReplacement,
};

export const AREA: Kind<AreaForm> = {
  part: "areas",
  one: "area",
  blank: BLANK_AREA,
  load: (slug) => load(EditAreaDocument, slug, ({ area }) => area && areaForm(area)),
  check: () => [],
  edits: areaEdits,
  rename: (slug, newSlug) => ({ renameArea: { slug, newSlug } }),
  retire: (slug, replacement) => ({ retireArea: { slug, ...(replacement && { replacement }) } }),
  Fields: AreaFields,
  Replacement: AreaReplacement,
};
