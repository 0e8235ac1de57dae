/** All that the catalogue was, newest first, and any two of them side by side. */
import { useState } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { useLocation } from "preact-iso/router";
import { showMoment } from "../format/format";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ErrorNote, Skeleton } from "../ui/note";
import { CompareRevisionsDocument, RevisionsDocument, type RevisionFragment } from "./curate.generated";
import { Differences } from "./differences";
import styles from "./curate.module.css";

const PAGE = 20;

export function Revisions() {
  const { query } = useLocation();
  const [from, to] = [Number(query["from"]), Number(query["to"])];
  return (
    <div class={styles["stack"]}>
      <CompareForm from={query["from"] ?? ""} to={query["to"] ?? ""} />
      {from > 0 && to > 0 && <Compared from={from} to={to} />}
      <List />
    </div>
  );
}

function List() {
  const [after, setAfter] = useState<string | null>(null);
  const [before, setBefore] = useState<RevisionFragment[]>([]);
  const [{ data, error }] = useQuery({ query: RevisionsDocument, variables: { first: PAGE, after } });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={8} label="Loading the revisions" />;
  const { nodes, pageInfo, totalCount } = data.catalogRevisions;
  const shown = [...before, ...nodes];
  return (
    <>
      <ol role="list" class={styles["rows"]}>
        {shown.map((revision) => (
          <li key={revision.number}>
            <RevisionLine revision={revision} />
          </li>
        ))}
      </ol>
      {pageInfo.hasNextPage && (
        <p>
          <Button
            onClick={() => {
              setBefore(shown);
              setAfter(pageInfo.endCursor);
            }}
          >
            More of {totalCount}
          </Button>
        </p>
      )}
    </>
  );
}

export function RevisionLine({ revision: { number, importedAt, author, message, source } }: { revision: RevisionFragment }) {
  return (
    <>
      <a href={`/curate/revisions/${number}`}>Revision {number}</a>
      <span>{message ?? <span class="soft">{source}</span>}</span>
      <span class="soft small">
        {author && `${author}, `}
        {showMoment(importedAt)}
      </span>
    </>
  );
}

function CompareForm({ from, to }: { from: string; to: string }) {
  const { route } = useLocation();
  const [one, setOne] = useState(from);
  const [other, setOther] = useState(to);
  return (
    <form
      class={styles["line"]}
      aria-label="Compare two revisions"
      onSubmit={(event) => {
        event.preventDefault();
        route(`/curate/revisions?from=${Number(one)}&to=${Number(other)}`);
      }}
    >
      <Field label="What is different from revision">
        {(tied) => <input {...tied} type="number" min="1" required value={one} onInput={(event) => setOne(event.currentTarget.value)} />}
      </Field>
      <Field label="to revision">{(tied) => <input {...tied} type="number" min="1" required value={other} onInput={(event) => setOther(event.currentTarget.value)} />}</Field>
      <Button type="submit">Compare</Button>
    </form>
  );
}

function Compared({ from, to }: { from: number; to: number }) {
  const [{ data, error }] = useQuery({ query: CompareRevisionsDocument, variables: { from, to } });
  return (
    <section class={styles["card"]} aria-labelledby="compared">
      <h2 id="compared">
        From revision {from} to {to}
      </h2>
      {error && <ErrorNote error={error} />}
      {!data && !error && <Skeleton lines={4} label="Comparing" />}
      {data && <Differences differences={data.catalogDiff} />}
    </section>
  );
}
