/** One revision by its number. The API lists them in pages, newest first: it is looked for from there. */
import { useEffect, useState } from "preact/hooks";
import type { CombinedError } from "@urql/core";
import { client } from "../api/client";
import { RevisionsDocument, type RevisionFragment } from "./curate.generated";

export interface FoundRevision {
  /** `null` where there is none of that number; `undefined` while it is looked for. */
  revision: RevisionFragment | null | undefined;
  /** The newest one there is. */
  newest: number | undefined;
  error: CombinedError | undefined;
}

const PAGE = 100;

export function useRevision(number: number): FoundRevision {
  const [found, setFound] = useState<FoundRevision>({ revision: undefined, newest: undefined, error: undefined });
  useEffect(() => {
    let isWanted = true;
    void find(number).then((next) => isWanted && setFound(next));
    return () => void (isWanted = false);
  }, [number]);
  return found;
}

async function find(number: number, after: string | null = null, newestSoFar?: number): Promise<FoundRevision> {
  const { data, error } = await ask(after);
  if (!data) return { revision: undefined, newest: newestSoFar, error };
  const { nodes, pageInfo } = data.catalogRevisions;
  const newest = newestSoFar ?? nodes[0]?.number;
  const revision = nodes.find((one) => one.number === number);
  const isPast = !pageInfo.hasNextPage || (nodes.at(-1)?.number ?? 0) < number;
  return revision || isPast ? { revision: revision ?? null, newest, error: undefined } : find(number, pageInfo.endCursor, newest);
}

const ask = (after: string | null) => client.query(RevisionsDocument, { first: PAGE, after }, { requestPolicy: "network-only" }).toPromise();
