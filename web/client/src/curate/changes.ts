/** The ways to change the catalogue: all take the same terms and have the same outcome, so that they are looked at and made in the same way. */
import type { CombinedError } from "@urql/core";
import { client } from "../api/client";
import type { CatalogEditInput } from "../api/schema.generated";
import { EditCatalogDocument, ImportCatalogDocument, RevertCatalogDocument, type DifferenceFragment } from "./curate.generated";
import type { UserError } from "./place-errors";

interface Terms {
  message: string;
  /** Only to be told what would be different. */
  dryRun: boolean;
  expectedRevision: number;
  /** Sent again with the same one, a change is made once. */
  clientMutationId: string;
}

export interface Outcome {
  diff: DifferenceFragment[];
  /** The revision that came of it; none where nothing was to be done. */
  revision: number | undefined;
  userErrors: UserError[];
  error?: CombinedError | undefined;
}

export type Change = (terms: Terms) => Promise<Outcome>;

/** A query of the catalogue that is on the page is asked again when something was changed. */
export const CATALOG_TYPES = ["Catalog", "CatalogRevision", "CatalogRevisionConnection", "Area", "Topic", "Step", "Role", "Resource"];

const context = ({ dryRun }: Terms) => (dryRun ? {} : { additionalTypenames: CATALOG_TYPES });
const input = ({ message, ...terms }: Terms) => ({ ...terms, ...(message.trim() !== "" && { message }) });

interface Payload {
  diff: DifferenceFragment[] | null;
  revision: { number: number } | null;
  userErrors: UserError[];
}

const outcome = (payload: Payload | null | undefined, error: CombinedError | undefined): Outcome => ({
  diff: payload?.diff ?? [],
  revision: payload?.revision?.number,
  userErrors: payload?.userErrors ?? [],
  error,
});

export const editCatalog =
  (edits: CatalogEditInput[]): Change =>
  async (terms) => {
    const { data, error } = await client.mutation(EditCatalogDocument, { input: { edits, ...input(terms) } }, context(terms));
    return outcome(data?.editCatalog, error);
  };

/** A text that is longer goes as a file: a body of JSON may have a megabyte. */
const LONGEST_TEXT = 500_000;

export const importCatalog =
  (text: string): Change =>
  async (terms) => {
    const isLong = text.length > LONGEST_TEXT;
    const upload = isLong ? { upload: new File([text], "catalog.yaml", { type: "application/yaml" }) } : { text };
    // No form of another site can send this header.
    const fetchOptions = isLong ? { headers: { "GraphQL-Require-Preflight": "1" } } : {};
    const { data, error } = await client.mutation(ImportCatalogDocument, { input: { ...upload, ...input(terms) } }, { ...context(terms), fetchOptions });
    return outcome(data?.importCatalog, error);
  };

export const revertCatalog =
  (revision: number): Change =>
  async (terms) => {
    const { data, error } = await client.mutation(RevertCatalogDocument, { input: { revision, ...input(terms) } }, context(terms));
    return outcome(data?.revertCatalog, error);
  };
