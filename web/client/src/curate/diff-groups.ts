/** The differences between two revisions, put in order for people: by kind, counted, and filtered by what is looked for. */
import type { CatalogItemChange, CatalogItemKind } from "../api/schema.generated";
import type { DifferenceFragment } from "./curate.generated";

export interface DiffGroup {
  kind: CatalogItemKind;
  title: string;
  entries: DifferenceFragment[];
}

const KINDS: readonly (readonly [CatalogItemKind, string])[] = [
  ["AREA", "Areas"],
  ["TOPIC", "Topics"],
  ["STEP", "Levels of topics"],
  ["ROLE", "Roles"],
  ["RESOURCE", "Resources"],
];

const CHANGES: readonly CatalogItemChange[] = ["ADDED", "REMOVED", "CHANGED", "RENAMED"];

export const CHANGE_NAMES: Record<CatalogItemChange, string> = { ADDED: "Added", REMOVED: "Removed", CHANGED: "Changed", RENAMED: "Renamed" };

export interface Wanted {
  text: string;
  change: CatalogItemChange | undefined;
}

export function groupsOf(diff: readonly DifferenceFragment[], { text, change }: Wanted): DiffGroup[] {
  const words = text.trim().toLowerCase();
  const isWanted = (one: DifferenceFragment) =>
    (change === undefined || one.change === change) && (words === "" || [one.title, one.slug, one.formerSlug ?? ""].some((name) => name.toLowerCase().includes(words)));
  const wanted = diff.filter(isWanted);
  return KINDS.map(([kind, title]) => ({ kind, title, entries: wanted.filter((one) => one.kind === kind) })).filter(({ entries }) => entries.length > 0);
}

export function countsOf(diff: readonly { change: CatalogItemChange }[]): { change: CatalogItemChange; count: number }[] {
  return CHANGES.map((change) => ({ change, count: diff.filter((one) => one.change === change).length })).filter(({ count }) => count > 0);
}

/** Where a thing is shown; nowhere where it is gone. */
export function placeOf({ kind, slug, change }: Pick<DifferenceFragment, "kind" | "slug" | "change">): string | undefined {
  if (change === "REMOVED") return undefined;
  const parts: Record<CatalogItemKind, string> = {
    AREA: `/topics?area=${slug}`,
    TOPIC: `/topics/${slug}`,
    STEP: `/topics/${slug}`,
    ROLE: `/roles/${slug}`,
    RESOURCE: `/resources/${slug}`,
  };
  return parts[kind];
}
