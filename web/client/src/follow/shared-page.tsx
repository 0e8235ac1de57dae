/** A roadmap that somebody shows to others: to read, and to copy. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { useClient, useMutation, useQuery } from "@urql/preact";
import type { CombinedError } from "@urql/core";
import { Copy } from "lucide";
import { useLocation, useRoute } from "preact-iso/router";
import { newId } from "../api/new-id";
import { showDay, showHours } from "../format/format";
import { StepList } from "../roadmap/step-list";
import { Page } from "../shell/page";
import { useViewer } from "../shell/viewer";
import { Button, ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { CopyRoadmapDocument } from "./manage.generated";
import { Progress } from "./progress";
import { planOfSaved, type SavedStep } from "./saved-plan";
import { SharedDocument, SharedStepsDocument, type SharedQuery } from "./saved.generated";
import { useWeights } from "./use-weights";
import styles from "./follow.module.css";

type SharedRoadmap = NonNullable<SharedQuery["sharedRoadmap"]>;

export default function SharedPage() {
  const secret = useRoute().params["secret"] ?? "";
  const [{ data, error }] = useQuery({ query: SharedDocument, variables: { secret } });
  const shared = data?.sharedRoadmap;
  if (shared) return <Shared secret={secret} shared={shared} />;
  return (
    <Page title="A shared roadmap">
      {error && <ErrorNote error={error} />}
      {data === undefined && !error && <Skeleton lines={8} label="Loading the roadmap" />}
      {shared === null && (
        <Empty title="Nothing is shared here." actions={<ButtonLink href="/plan">Plan one of your own</ButtonLink>}>
          <p>The link may have been cut off, or taken back.</p>
        </Empty>
      )}
    </Page>
  );
}

function Shared({ secret, shared }: { secret: string; shared: SharedRoadmap }) {
  const { steps, error } = useAllSteps(secret, shared);
  const weights = useWeights();
  const plan = useMemo(() => planOfSaved(shared, steps, weights), [shared, steps, weights]);
  const [selected, setSelected] = useState<string>();
  return (
    <Page
      title={shared.title}
      lead={`${[shared.from && `From ${shared.from.title}`, shared.to && `to ${shared.to.title}`].filter(Boolean).join(" ")}. ${showHours(plan.hours)}, planned until ${showDay(plan.finishesOn)}.`}
      actions={<CopyButton secret={secret} />}
    >
      <section class={styles["card"]} aria-labelledby="progress">
        <h2 id="progress">Progress</h2>
        <Progress progress={shared.progress} />
      </section>
      {error && <ErrorNote error={error} />}
      <StepList plan={plan} selected={selected} onSelect={setSelected} />
    </Page>
  );
}

/** The first page, and then the others. */
function useAllSteps(secret: string, { version }: SharedRoadmap): { steps: SavedStep[]; error: CombinedError | undefined } {
  const client = useClient();
  const [more, setMore] = useState<SavedStep[]>([]);
  const [error, setError] = useState<CombinedError>();
  const { nodes, pageInfo } = version.steps;
  const next = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  useEffect(() => {
    let isWanted = true;
    const load = async () => {
      const loaded: SavedStep[] = [];
      for (let after = next; after !== null && isWanted; ) {
        const { data, error: failure } = await client.query(SharedStepsDocument, { secret, after }).toPromise();
        if (isWanted) setError(failure);
        const page = data?.sharedRoadmap?.version.steps;
        loaded.push(...(page?.nodes ?? []));
        after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      }
      if (isWanted) setMore(loaded);
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [client, secret, next]);
  const steps = useMemo(() => [...nodes, ...more], [nodes, more]);
  return { steps, error };
}

function CopyButton({ secret }: { secret: string }) {
  const viewer = useViewer();
  const { route } = useLocation();
  const [{ data, error, fetching }, copy] = useMutation(CopyRoadmapDocument);
  if (viewer === undefined) return null;
  if (viewer === null) {
    return (
      <ButtonLink look="main" href={`/sign-in?then=${encodeURIComponent(location.pathname)}`}>
        Sign in to copy it
      </ButtonLink>
    );
  }
  const take = async () => {
    const answer = await copy({ input: { secret, clientMutationId: newId() } });
    const id = answer.data?.copyRoadmap?.roadmap?.id;
    if (id) route(`/my/${encodeURIComponent(id)}`);
  };
  return (
    <>
      <Button look="main" disabled={fetching} onClick={take}>
        <Icon of={Copy} /> Copy to my roadmaps
      </Button>
      {error && <ErrorNote error={error} />}
      {data?.copyRoadmap?.userErrors.map(({ message }) => (
        <p key={message}>{message}</p>
      ))}
    </>
  );
}
