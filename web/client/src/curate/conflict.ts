/** What others have changed since, as the error `CONFLICT` tells it. */
import type { CombinedError } from "@urql/core";
import { errorsOf } from "../api/errors";
import type { CatalogItemChange, CatalogItemKind, Proficiency } from "../api/schema.generated";

export interface OthersChange {
  revision: number;
  author: string | null;
  message: string | null;
  importedAt: string;
  entries: { kind: CatalogItemKind; change: CatalogItemChange; slug: string; level: Proficiency | null; title: string }[];
}

export interface Conflict {
  currentRevision: number;
  changes: OthersChange[];
}

export function conflictOf(error: CombinedError | undefined): Conflict | undefined {
  const conflict = errorsOf(error).find(({ code }) => code === "CONFLICT");
  if (!conflict) return undefined;
  const { currentRevision, changes } = conflict.extensions;
  return { currentRevision: Number(currentRevision), changes: Array.isArray(changes) ? (changes as OthersChange[]) : [] };
}
