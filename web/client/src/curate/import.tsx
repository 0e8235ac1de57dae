/** A whole catalogue, as text or as a file: first what it would change, then the import. */
import { useRef, useState } from "preact/hooks";
import { useClient, useMutation, useQuery } from "@urql/preact";
import type { CombinedError } from "@urql/core";
import { useLocation } from "preact-iso/router";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ErrorNote, Note } from "../ui/note";
import { CurateError } from "./conflict";
import { CatalogTextDocument, CurrentRevisionDocument, ImportCatalogDocument } from "./curate.generated";
import { Differences } from "./differences";
import styles from "./curate.module.css";

export function Import() {
  const { route } = useLocation();
  const client = useClient();
  // Catalogues are long: the browser keeps the text, and nothing is drawn anew for a letter.
  const area = useRef<HTMLTextAreaElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  const [message, setMessage] = useState("");
  /** What was tried, and on which revision: only that can be imported. */
  const [tried, setTried] = useState<{ text: string; revision: number }>();
  const [loading, setLoading] = useState<CombinedError>();
  const [{ data: current }] = useQuery({ query: CurrentRevisionDocument, requestPolicy: "cache-and-network" });
  const [trying, tryIt] = useMutation(ImportCatalogDocument);
  const [doing, doIt] = useMutation(ImportCatalogDocument);
  const revision = current?.catalog.revision;

  const changed = () => {
    setTried(undefined);
    setEmpty(area.current?.value.trim() === "");
  };
  const setText = (text: string) => {
    if (area.current) area.current.value = text;
    changed();
  };
  const load = async () => {
    const { data, error } = await client.query(CatalogTextDocument, {}, { requestPolicy: "network-only" }).toPromise();
    setLoading(error);
    if (data) setText(data.catalogText);
  };
  const read = async (file: File | undefined) => {
    if (file) setText(await file.text());
  };
  const tryText = async () => {
    const text = area.current?.value ?? "";
    if (revision === undefined) return;
    const { data } = await tryIt({ input: { text, dryRun: true, expectedRevision: revision } });
    setTried(data?.importCatalog?.userErrors.length === 0 ? { text, revision } : undefined);
  };
  const importText = async () => {
    if (!tried) return;
    const input = { text: tried.text, message: message.trim() || null, expectedRevision: tried.revision, clientMutationId: crypto.randomUUID() };
    const { data } = await doIt({ input });
    const made = data?.importCatalog?.revision?.number;
    if (made === undefined) return;
    say(`Imported as revision ${made}.`);
    route(`/curate/revisions/${made}`);
  };
  const error = doing.error ?? trying.error;
  const wrong = trying.data?.importCatalog?.userErrors ?? [];
  const diff = trying.data?.importCatalog?.diff;
  const isTried = tried !== undefined;
  return (
    <div class={styles["stack"]}>
      <p class="soft">
        A catalogue is YAML or JSON, in one text. What it does not have any more is gone from the catalogue; what learners have recorded stays. Nothing is imported before you have
        seen what it changes.
      </p>
      <div class={styles["actions"]}>
        <label class={styles["file"]}>
          Choose a file
          <input type="file" accept=".yaml,.yml,.json" onChange={(event) => read(event.currentTarget.files?.[0])} />
        </label>
        <Button onClick={load}>Load the present catalogue</Button>
      </div>
      {loading && <ErrorNote error={loading} />}
      <form
        class={styles["stack"]}
        onSubmit={(event) => {
          event.preventDefault();
          void tryText();
        }}
      >
        <Field label="The catalogue" error={wrong.length > 0 ? "It can't be imported as it is: see below." : undefined}>
          {(tied) => <textarea {...tied} ref={area} class={styles["text"]} rows={18} spellcheck={false} wrap="off" onInput={changed} />}
        </Field>
        <p>
          <Button type="submit" look={isTried ? "plain" : "main"} disabled={isEmpty || trying.fetching}>
            {trying.fetching ? "Looking…" : "What would change"}
          </Button>
        </p>
      </form>
      {error && <CurateError error={error} />}
      {wrong.length > 0 && (
        <Note tone="bad" live title="What is wrong with it">
          <ol class={styles["wrong"]}>
            {wrong.map(({ message: one }) => (
              <li key={one}>{one}</li>
            ))}
          </ol>
        </Note>
      )}
      {isTried && diff && (
        <section class={styles["card"]} aria-labelledby="change">
          <h2 id="change">What it would change</h2>
          <Differences differences={diff} />
          {diff.length > 0 && (
            <>
              <Field label="What you have done" hint="For those who look at the revisions.">
                {(tied) => <input {...tied} type="text" value={message} onInput={(event) => setMessage(event.currentTarget.value)} />}
              </Field>
              <p>
                <Button look="main" disabled={doing.fetching} onClick={importText}>
                  Import it
                </Button>
              </p>
            </>
          )}
        </section>
      )}
    </div>
  );
}
