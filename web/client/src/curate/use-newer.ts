/** Tells of a revision that is newer than the one that is on the page. */
import { useSubscription } from "@urql/preact";
import { CATALOG_TYPES } from "./changes";
import { CatalogChangedDocument } from "./curate.generated";

const context = { additionalTypenames: CATALOG_TYPES };

export function useNewer(revision: number | undefined): number | undefined {
  const [{ data }] = useSubscription({ query: CatalogChangedDocument, variables: { since: revision ?? 0 }, pause: revision === undefined, context });
  const newest = data?.catalogChanged.catalog.revision;
  return newest !== undefined && revision !== undefined && newest > revision ? newest : undefined;
}
