/** A roadmap to take away: each format with what it is for, as a file or by way of the clipboard. */
import { useClient } from "@urql/preact";
import { useState } from "preact/hooks";
import type { CombinedError } from "@urql/core";
import type { RoadmapFormat, RoadmapInput } from "../api/schema.generated";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ErrorNote } from "../ui/note";
import { ExportDocument } from "./exports.generated";
import type { Plan } from "./model";
import styles from "./exports.module.css";

interface Format {
  format: RoadmapFormat;
  name: string;
  text: string;
  type: string;
  ending: string;
}

const FORMATS: Format[] = [
  { format: "MARKDOWN", name: "Markdown", text: "A document to read, with reasons and resources.", type: "text/markdown", ending: "md" },
  { format: "ICALENDAR", name: "Calendar", text: "The steps as entries for a calendar.", type: "text/calendar", ending: "ics" },
  { format: "SVG", name: "SVG", text: "The graph as a drawing, for slides and walls.", type: "image/svg+xml", ending: "svg" },
  { format: "CSV", name: "CSV", text: "A row for each step, for spreadsheets.", type: "text/csv", ending: "csv" },
  { format: "MERMAID", name: "Mermaid", text: "A diagram in the language of wikis and READMEs.", type: "text/plain", ending: "mmd" },
  { format: "DOT", name: "DOT", text: "The graph in the language of Graphviz.", type: "text/vnd.graphviz", ending: "dot" },
  { format: "JSON", name: "JSON", text: "All of it, for programs.", type: "application/json", ending: "json" },
];

export function Exports({ plan, input, onClose }: { plan: Plan; input: RoadmapInput; onClose: () => void }) {
  const client = useClient();
  const [error, setError] = useState<CombinedError>();
  const [busy, setBusy] = useState<RoadmapFormat>();
  const ask = async (format: RoadmapFormat, then: (text: string) => unknown) => {
    setBusy(format);
    const answer = await client.query(ExportDocument, { input, format }).toPromise();
    setBusy(undefined);
    setError(answer.error);
    const text = answer.data?.roadmap?.export;
    if (text !== undefined) await then(text);
  };
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  };
  return (
    <Dialog title="Export" onClose={onClose}>
      {error && <ErrorNote error={error} />}
      <ul role="list" class={styles["formats"]}>
        {FORMATS.map(({ format, name, text, type, ending }) => (
          <li key={format} aria-busy={busy === format}>
            <div>
              <strong>{name}</strong>
              <p class="soft small">{text}</p>
            </div>
            <Button small aria-label={`Copy as ${name}`} onClick={() => ask(format, copy)}>
              Copy
            </Button>
            <Button small look="main" aria-label={`Download as ${name}`} onClick={() => ask(format, (body) => download(body, type, `${fileName(plan)}.${ending}`))}>
              Download
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const fileName = ({ from, to }: Plan) => ["roadmap", from?.slug, to?.slug].filter(Boolean).join("-");

/** Gives a text to the browser as a file. */
export function download(text: string, type: string, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
