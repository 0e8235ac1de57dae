/** A kept roadmap with its steps, as it is now wherever it is changed: what this window does is shown at once, what others do when it is told. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useClient, useQuery, useSubscription } from "@urql/preact";
import type { Client, CombinedError, OperationResult } from "@urql/core";
import { refusals, waiting } from "../api/outbox";
import type { Entry } from "../api/outbox-core";
import { useStore } from "../api/store";
import { useEnd } from "../shell/viewer";
import { about, ahead, type Ahead } from "./optimistic";
import type { Saved, SavedStep } from "./saved-plan";
import { RoadmapChangedDocument, SavedRoadmapDocument, VersionStepsDocument, type VersionStepsQuery, type VersionStepsQueryVariables } from "./saved.generated";

export interface Following {
  /** `null` where there is none, `undefined` while that is not known. */
  saved: Saved | null | undefined;
  steps: Ahead[] | undefined;
  /** What waits to be sent about it. */
  entries: Entry[];
  error: CombinedError | undefined;
}

export function useSaved(id: string): Following {
  const [{ data, error }, again] = useQuery({ query: SavedRoadmapDocument, variables: { id }, requestPolicy: "cache-and-network" });
  const asked = data?.savedRoadmap;
  const since = useRef(0);
  if (since.current === 0 && asked) since.current = asked.changeNumber;
  const [live] = useSubscription({ query: RoadmapChangedDocument, variables: { id, since: since.current }, pause: since.current === 0 });
  // It has been deleted, or the session has ended.
  useEnd(live.fetching, () => again({ requestPolicy: "network-only" }));
  const told = live.data?.roadmapChanged;
  const saved = asked && told && told.id === asked.id && told.changeNumber > asked.changeNumber ? told : asked;

  const steps = useSteps(id, saved?.version.number, saved?.changeNumber);
  const entries = useEntries(id, steps);
  const shown = useMemo(() => steps && ahead(steps, entries), [steps, entries]);
  return { saved, steps: shown, entries, error };
}

/** The steps of a version as they are at a change; those of before until then. */
function useSteps(id: string, version: number | undefined, change: number | undefined): SavedStep[] | undefined {
  const client = useClient();
  const [steps, setSteps] = useState<SavedStep[]>();
  useEffect(() => {
    if (version === undefined) return;
    let isWanted = true;
    void loadSteps(client, id, version).then((loaded) => {
      if (isWanted && loaded) setSteps(loaded);
    });
    return () => {
      isWanted = false;
    };
  }, [client, id, version, change]);
  return steps;
}

/** All pages; `undefined` where one of them does not come. */
async function loadSteps(client: Client, id: string, number: number): Promise<SavedStep[] | undefined> {
  const steps: SavedStep[] = [];
  let after: string | null = null;
  do {
    const variables: VersionStepsQueryVariables = { id, number, after };
    const answer: OperationResult<VersionStepsQuery> = await client.query(VersionStepsDocument, variables, { requestPolicy: "network-only" }).toPromise();
    const page = answer.data?.savedRoadmap?.versionOf?.steps;
    if (!page) return undefined;
    steps.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return steps;
}

/** What waits, and what has just been sent until the steps say so too: else they would fall back for a moment. */
function useEntries(id: string, steps: SavedStep[] | undefined): Entry[] {
  const all = useStore(waiting);
  const refused = useStore(refusals);
  const [sent, setSent] = useState<Entry[]>([]);
  const before = useRef<Entry[]>([]);
  const mine = useMemo(() => about(all, id), [all, id]);
  useEffect(() => {
    const gone = before.current.filter((entry) => !mine.some((other) => other.id === entry.id));
    before.current = mine;
    if (gone.length > 0) setSent((others) => [...others, ...gone]);
  }, [mine]);
  useEffect(() => setSent([]), [steps]);
  return useMemo(() => [...sent.filter(({ id: name }) => !refused.some(({ entry }) => entry.id === name)), ...mine], [sent, mine, refused]);
}
