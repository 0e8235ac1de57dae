/** A whole catalogue from a file or a pasted text: looked at first, then made the catalogue as one revision. */
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { useQuery } from "@urql/preact";
import type { CombinedError } from "@urql/core";
import { Download, FileUp } from "lucide";
import { showCount } from "../format/format";
import { Page } from "../shell/page";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { ErrorNote, Note } from "../ui/note";
import { importCatalog } from "./changes";
import { CurateNav } from "./curate-nav";
import { CurrentRevisionDocument } from "./curate.generated";
import { textOf } from "./catalog-text";
import { rangeOf, textErrors, type TextError } from "./import-errors";
import { ReviewDialog } from "./review-dialog";
import { useNewer } from "./use-newer";
import styles from "./revisions.module.css";

export function ImportPage() {
  const { route } = useLocation();
  const [{ data }] = useQuery({ query: CurrentRevisionDocument, requestPolicy: "cache-and-network" });
  const [seen, setSeen] = useState<number>();
  const [text, setText] = useState("");
  const [message, setMessage] = useState("");
  const [errors, setErrors] = useState<TextError[]>([]);
  const [isReviewed, setReviewed] = useState(false);
  const revision = seen ?? data?.catalog.revision;
  const newer = useNewer(revision);
  const area = useRef<HTMLTextAreaElement>(null);

  const take = (next: string) => {
    setSeen(data?.catalog.revision);
    setText(next);
    setErrors([]);
  };
  const goTo = (line: number) => {
    const field = area.current;
    if (!field) return;
    const [from, to] = rangeOf(text, line);
    field.focus();
    field.setSelectionRange(from, to);
    const height = field.scrollHeight / text.split("\n").length;
    field.scrollTop = Math.max(0, (line - 4) * height);
  };

  return (
    <Page title="Import a catalogue" lead="A single file with the lists of areas, topics, roles and resources, YAML or JSON. It takes the place of the whole catalogue, after a look at what would change.">
      <CurateNav />
      <Sources onText={take} />
      {newer !== undefined && text !== "" && (
        <Note
          tone="warn"
          live
          title={`The catalogue is at revision ${newer} by now`}
          actions={
            <Button small onClick={() => setSeen(newer)}>
              I have seen that
            </Button>
          }
        >
          <p>
            What others have changed since revision {revision} would be undone by a text from before. <a href={`/curate/revisions/${newer}?against=${revision}`} target="_blank" rel="noopener">See what changed</a>
          </p>
        </Note>
      )}
      {errors.length > 0 && <Errors errors={errors} onGoTo={goTo} />}
      <form class={styles["section"]} onSubmit={(event) => (event.preventDefault(), setErrors([]), setReviewed(true))}>
        <div class={styles["text"]}>
          <Field label="The text" hint={text === "" ? undefined : showCount(text.split("\n").length, "line")}>
            {(tied) => <textarea {...tied} ref={area} rows={20} value={text} spellcheck={false} wrap="off" onInput={(event) => setText(event.currentTarget.value)} />}
          </Field>
        </div>
        <p class={styles["row"]}>
          <Button look="main" type="submit" disabled={text.trim() === "" || revision === undefined}>
            Review changes…
          </Button>
          <Button disabled={text === ""} onClick={() => take("")}>
            Clear
          </Button>
        </p>
      </form>
      {isReviewed && revision !== undefined && (
        <ReviewDialog
          key={revision}
          title="Import this catalogue"
          verb="Import"
          change={importCatalog(text)}
          expectedRevision={revision}
          message={message}
          onMessage={setMessage}
          onErrors={(wrong) => (setErrors(textErrors(wrong)), setReviewed(false))}
          onDone={(made) => route(`/curate/revisions/${made}`)}
          onReload={(current) => (setSeen(current), setReviewed(false))}
          onClose={() => setReviewed(false)}
        />
      )}
    </Page>
  );
}

/** A file, chosen or dropped; or the catalogue of now, to edit it. */
function Sources({ onText }: { onText: (text: string) => void }) {
  const file = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<CombinedError>();
  const [isOver, setOver] = useState(false);
  const read = async (files: FileList | null | undefined) => {
    const [first] = files ?? [];
    if (first) onText(await first.text());
  };
  const loadCurrent = async () => {
    const { text, error } = await textOf();
    setError(error);
    if (text !== undefined) onText(text);
  };
  return (
    <div
      class={`${styles["row"]} ${styles["drop"]}`}
      data-over={isOver || undefined}
      onDragOver={(event) => (event.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void read(event.dataTransfer?.files);
      }}
    >
      <input ref={file} type="file" hidden accept=".yaml,.yml,.json" aria-label="File" onChange={(event) => void read(event.currentTarget.files)} />
      <Button onClick={() => file.current?.click()}>
        <Icon of={FileUp} /> Choose a file
      </Button>
      <Button onClick={() => void loadCurrent()}>
        <Icon of={Download} /> Load the catalogue as it is
      </Button>
      <span class="soft small">or drop a file here, or paste its text below</span>
      {error && <ErrorNote error={error} />}
    </div>
  );
}

const SHOWN = 50;

function Errors({ errors, onGoTo }: { errors: TextError[]; onGoTo: (line: number) => void }) {
  return (
    <Note tone="bad" live title={`${showCount(errors.length, "thing")} in the text ${errors.length === 1 ? "is" : "are"} not right`}>
      <ul role="list">
        {errors.slice(0, SHOWN).map(({ message, line }) => (
          <li key={message} class={styles["row"]}>
            {message}
            {line !== undefined && (
              <Button look="quiet" small onClick={() => onGoTo(line)}>
                Go to line {line}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {errors.length > SHOWN && <p>And {showCount(errors.length - SHOWN, "more")}.</p>}
    </Note>
  );
}
