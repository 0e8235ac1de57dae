/** The text of a revision as a file on one's own machine. */
import type { CombinedError } from "@urql/core";
import { client } from "../api/client";
import { CatalogTextDocument } from "./curate.generated";

export async function textOf(revision?: number): Promise<{ text?: string | undefined; error?: CombinedError | undefined }> {
  const { data, error } = await client.query(CatalogTextDocument, { revision: revision ?? null }, { requestPolicy: "network-only" });
  return { text: data?.catalogText, error };
}

export function saveAs(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
