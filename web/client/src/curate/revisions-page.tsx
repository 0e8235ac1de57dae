/** All revisions of the catalogue, newest first. What is different for each is on the page of that one. */
import { useQuery } from "@urql/preact";
import { Page } from "../shell/page";
import { useList } from "../catalog/use-list";
import { Button } from "../ui/button";
import { ErrorNote, Skeleton } from "../ui/note";
import { RevisionsDocument } from "./curate.generated";
import { CurateNav } from "./curate-nav";
import { RevisionLine } from "./revision-line";
import { useNewer } from "./use-newer";
import styles from "./revisions.module.css";

const PAGE = 20;
const KEYS = [] as const;

export function RevisionsPage() {
  const [{ pages }, change] = useList(KEYS);
  return (
    <Page title="Revisions" lead="The catalogue as it was from one change to the next. Any of them can be compared with another, downloaded, and made the catalogue again.">
      <CurateNav />
      <RevisionList after={undefined} left={pages - 1} onMore={() => change({ pages: pages + 1 })} />
    </Page>
  );
}

function RevisionList({ after, left, onMore }: { after: string | undefined; left: number; onMore: () => void }) {
  const [{ data, error }] = useQuery({ query: RevisionsDocument, variables: { first: PAGE, after: after ?? null }, requestPolicy: "cache-and-network" });
  const isFirst = after === undefined;
  useNewer(isFirst ? data?.catalogRevisions.nodes[0]?.number : undefined);
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={8} />;
  const { nodes, pageInfo } = data.catalogRevisions;
  return (
    <>
      <ul role="list" class={styles["list"]}>
        {nodes.map((revision, index) => (
          <li key={revision.number}>
            <RevisionLine revision={revision} isCurrent={isFirst && index === 0} />
          </li>
        ))}
      </ul>
      {pageInfo.hasNextPage && left > 0 && <RevisionList after={pageInfo.endCursor ?? undefined} left={left - 1} onMore={onMore} />}
      {pageInfo.hasNextPage && left <= 0 && (
        <p>
          <Button onClick={onMore}>Show earlier ones</Button>
        </p>
      )}
    </>
  );
}
