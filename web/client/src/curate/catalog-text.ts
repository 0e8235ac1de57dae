/** The catalogue of a revision as a text; that of now, if none is named. */
import type { CombinedError } from "@urql/core";
import { client } from "../api/client";
import { CatalogTextDocument } from "./curate.generated";

export async function textOf(revision?: number): Promise<{ text?: string | undefined; error?: CombinedError | undefined }> {
  const { data, error } = await client.query(CatalogTextDocument, { revision: revision ?? null }, { requestPolicy: "network-only" });
  return { text: data?.catalogText, error };
}
