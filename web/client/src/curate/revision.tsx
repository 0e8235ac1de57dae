/** One revision: what it has changed, its text to take away, and the way back to it. */
import { useState } from "preact/hooks";
import { useClient, useMutation, useQuery } from "@urql/preact";
import type { CombinedError } from "@urql/core";
import { Download, Undo2 } from "lucide";
import { useLocation } from "preact-iso/router";
import { download } from "../roadmap/exports/files";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Note, Skeleton } from "../ui/note";
import { CurateError } from "./conflict";
import { CatalogTextDocument, CompareRevisionsDocument, RevertCatalogDocument, RevisionsDocument } from "./curate.generated";
import { Differences } from "./differences";
import { RevisionLine } from "./revisions";
import styles from "./curate.module.css";

/** Cursors are counted from the newest: far ones are looked for among so many. */
const LOOKED_AT = 100;

export function Revision({ number }: { number: number }) {
  const [{ data: list }] = useQuery({ query: RevisionsDocument, variables: { first: LOOKED_AT } });
  const [{ data, error }] = useQuery({ query: CompareRevisionsDocument, variables: { from: number - 1, to: number }, pause: number < 2 });
  const revision = list?.catalogRevisions.nodes.find((one) => one.number === number);
  const newest = list?.catalogRevisions.nodes[0]?.number;
  return (
    <div class={styles["stack"]}>
      {revision && (
        <p class={styles["line"]}>
          <RevisionLine revision={revision} />
        </p>
      )}
      <div class={styles["actions"]}>
        <TextButton number={number} />
        {newest !== undefined && newest !== number && <Revert number={number} newest={newest} />}
        {newest === number && <span class="soft">This is the catalogue as it is.</span>}
      </div>
      <section class={styles["card"]} aria-labelledby="different">
        <h2 id="different">What it has changed</h2>
        {number < 2 && <Empty title="It is the first one." />}
        {error && <ErrorNote error={error} />}
        {number > 1 && !data && !error && <Skeleton lines={5} label="Comparing" />}
        {data && <Differences differences={data.catalogDiff} />}
      </section>
    </div>
  );
}

function TextButton({ number }: { number: number }) {
  const client = useClient();
  const [error, setError] = useState<CombinedError>();
  const take = async () => {
    const answer = await client.query(CatalogTextDocument, { revision: number }).toPromise();
    setError(answer.error);
    if (answer.data) download(answer.data.catalogText, "application/yaml", `catalogue-${number}.yaml`);
  };
  return (
    <>
      <Button onClick={take}>
        <Icon of={Download} /> Download it
      </Button>
      {error && <ErrorNote error={error} />}
    </>
  );
}

function Revert({ number, newest }: { number: number; newest: number }) {
  const { route } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [message, setMessage] = useState("");
  const [tried, tryIt] = useMutation(RevertCatalogDocument);
  const [done, doIt] = useMutation(RevertCatalogDocument);
  const error = done.error ?? tried.error;
  const open = () => {
    setOpen(true);
    void tryIt({ input: { revision: number, dryRun: true, expectedRevision: newest } });
  };
  const revert = async () => {
    const input = { revision: number, message: message.trim() || null, expectedRevision: newest, clientMutationId: crypto.randomUUID() };
    const { data } = await doIt({ input });
    const made = data?.revertCatalog?.revision?.number;
    if (data?.revertCatalog?.userErrors.length !== 0) return;
    say(made === undefined ? "Nothing was different." : `Revision ${made} is what revision ${number} was.`);
    setOpen(false);
    if (made !== undefined) route(`/curate/revisions/${made}`);
  };
  const wrong = [...(tried.data?.revertCatalog?.userErrors ?? []), ...(done.data?.revertCatalog?.userErrors ?? [])];
  return (
    <>
      <Button look="danger" onClick={open}>
        <Icon of={Undo2} /> Go back to it
      </Button>
      {isOpen && (
        <Dialog title={`Go back to revision ${number}?`} onClose={() => setOpen(false)}>
          <p>A new revision is made, in which the catalogue is as it was then. What learners have recorded stays.</p>
          {error && <CurateError error={error} />}
          {wrong.map((one) => (
            <Note key={one.message} tone="bad" live>
              {one.message}
            </Note>
          ))}
          {tried.fetching && <Skeleton lines={3} label="Looking at what would change" />}
          {tried.data?.revertCatalog?.diff && <Differences differences={tried.data.revertCatalog.diff} />}
          <Field label="Why" hint="For those who look at the revisions.">
            {(tied) => <input {...tied} type="text" value={message} onInput={(event) => setMessage(event.currentTarget.value)} />}
          </Field>
          <p>
            <Button look="main" disabled={done.fetching || wrong.length > 0} onClick={revert}>
              Go back to revision {number}
            </Button>
          </p>
        </Dialog>
      )}
    </>
  );
}
