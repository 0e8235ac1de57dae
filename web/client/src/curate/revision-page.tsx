/** One revision: what is different from the one before, or from any other; its text as a file; and the way back to it. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { useQuery } from "@urql/preact";
import type { CombinedError } from "@urql/core";
import { Download, Undo2 } from "lucide";
import { showMoment } from "../format/format";
import { Page } from "../shell/page";
import { Button, ButtonLink } from "../ui/button";
import { download } from "../ui/download";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Note, Skeleton } from "../ui/note";
import { revertCatalog } from "./changes";
import { CompareRevisionsDocument, type RevisionFragment } from "./curate.generated";
import { CurateNav } from "./curate-nav";
import { DiffView } from "./diff-view";
import { textOf } from "./catalog-text";
import type { UserError } from "./place-errors";
import { ReviewDialog } from "./review-dialog";
import { sourceName } from "./revision-line";
import { useRevision } from "./use-revision";
import styles from "./revisions.module.css";

export function RevisionPage({ number }: { number: number }) {
  const { revision, newest, error } = useRevision(number);
  if (revision) return <Shown revision={revision} newest={newest ?? number} />;
  return (
    <Page title={Number.isInteger(number) ? `Revision ${number}` : "No such revision"}>
      <CurateNav />
      {error && <ErrorNote error={error} />}
      {revision === undefined && !error && <Skeleton lines={8} />}
      {revision === null && <Empty title="There is no revision of that number." actions={<ButtonLink href="/curate/revisions">All revisions</ButtonLink>} />}
    </Page>
  );
}

function Shown({ revision, newest }: { revision: RevisionFragment; newest: number }) {
  const { number, author, importedAt, message, source } = revision;
  const [isReverting, setReverting] = useState(false);
  const isCurrent = number === newest;
  return (
    <Page
      title={`Revision ${number}`}
      lead={message ?? undefined}
      actions={
        <>
          {number > 1 && <ButtonLink href={`/curate/revisions/${number - 1}`}>Earlier</ButtonLink>}
          {!isCurrent && <ButtonLink href={`/curate/revisions/${number + 1}`}>Later</ButtonLink>}
          <DownloadButton number={number} />
          {!isCurrent && (
            <Button onClick={() => setReverting(true)}>
              <Icon of={Undo2} /> Go back to this one
            </Button>
          )}
        </>
      }
    >
      <CurateNav />
      <p class="soft">
        {[author, sourceName(source)].filter(Boolean).join(", ")}, <time dateTime={importedAt}>{showMoment(importedAt)}</time>
        {isCurrent && ". It is the catalogue as it is now."}
      </p>
      <Compared number={number} />
      {isReverting && <Revert number={number} newest={newest} onClose={() => setReverting(false)} />}
    </Page>
  );
}

function DownloadButton({ number }: { number: number }) {
  const [error, setError] = useState<CombinedError>();
  const [isLoading, setLoading] = useState(false);
  const load = async () => {
    setLoading(true);
    const { text, error } = await textOf(number);
    setLoading(false);
    setError(error);
    if (text !== undefined) download(text, "application/yaml", `catalog-${number}.yaml`);
  };
  return (
    <>
      <Button disabled={isLoading} onClick={() => void load()}>
        <Icon of={Download} /> Download
      </Button>
      {error && <ErrorNote error={error} />}
    </>
  );
}

/** With the one before, or with the one that the address names. */
function Compared({ number }: { number: number }) {
  const { query, route } = useLocation();
  const asked = Number(query["against"]);
  const against = Number.isInteger(asked) && asked >= 1 ? asked : number - 1;
  const [typed, setTyped] = useState(String(against));
  const [{ data, error, fetching }] = useQuery({ query: CompareRevisionsDocument, variables: { from: against, to: number }, pause: against < 1 });
  const compare = (event: Event) => {
    event.preventDefault();
    route(`/curate/revisions/${number}?against=${encodeURIComponent(typed.trim())}`);
  };
  return (
    <section class={styles["section"]} aria-labelledby="different" aria-busy={fetching}>
      <h2 id="different">{against < 1 ? "What it brought" : `What is different from revision ${against}`}</h2>
      <form class={styles["against"]} onSubmit={compare}>
        <Field label="Compare with revision">
          {(tied) => <input {...tied} type="text" inputMode="numeric" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />}
        </Field>
        <Button type="submit" disabled={!/^\s*[1-9]\d*\s*$/.test(typed)}>
          Compare
        </Button>
      </form>
      {against < 1 && <p class="soft">It is the first one: there is none before it.</p>}
      {error && !data && <ErrorNote error={error} />}
      {against >= 1 && !data && !error && <Skeleton lines={6} />}
      {against >= 1 && data && <DiffView diff={data.catalogDiff} />}
    </section>
  );
}

function Revert({ number, newest, onClose }: { number: number; newest: number; onClose: () => void }) {
  const { route } = useLocation();
  const [message, setMessage] = useState(`Back to revision ${number}.`);
  const [expected, setExpected] = useState(newest);
  const [errors, setErrors] = useState<UserError[]>([]);
  if (errors.length > 0) {
    return (
      <Note tone="bad" live title="That can't be" actions={<Button onClick={onClose}>All right</Button>}>
        {errors.map((error) => (
          <p key={error.message}>{error.message}</p>
        ))}
      </Note>
    );
  }
  return (
    <ReviewDialog
      key={expected}
      title={`Go back to revision ${number}`}
      verb="Make it the catalogue again"
      change={revertCatalog(number)}
      expectedRevision={expected}
      message={message}
      onMessage={setMessage}
      onErrors={setErrors}
      onDone={(made) => route(`/curate/revisions/${made}`)}
      onReload={(current) => setExpected(current)}
      onClose={onClose}
    />
  );
}
