/** A roadmap to take away: each format with what it is for, as a file or by way of the clipboard. */
import { useState } from "preact/hooks";
import { Copy, Download, Eye } from "lucide";
import type { CombinedError } from "@urql/core";
import type { RoadmapFormat } from "../api/schema.generated";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { download } from "../ui/download";
import { Icon } from "../ui/icon";
import { ErrorNote } from "../ui/note";
import { copyLater, fileName } from "./exports/files";
import { FORMATS, type Format } from "./exports/formats";
import { Preview } from "./exports/preview";
import type { Plan } from "./model";
import styles from "./exports.module.css";

/** A roadmap in a format, or why not. */
interface Exported {
  text?: string | undefined;
  error?: CombinedError | undefined;
}

interface ExportsProps {
  plan: Plan;
  /** Asks for it in a format: roadmaps are exported where they come from. */
  from: (format: RoadmapFormat) => Promise<Exported>;
  onClose: () => void;
}

export function Exports({ plan, from, onClose }: ExportsProps) {
  const [error, setError] = useState<CombinedError>();
  const [busy, setBusy] = useState<RoadmapFormat>();
  const [drawing, setDrawing] = useState<string>();
  /** The text; rejected where there is none. */
  const ask = async (format: RoadmapFormat): Promise<string> => {
    setBusy(format);
    const { text, error: failure } = await from(format);
    setBusy(undefined);
    setError(failure);
    if (text === undefined) throw new Error("No text");
    return text;
  };
  const save = ({ format, type, ending }: Format) =>
    ask(format).then(
      (text) => download(text, type, fileName(plan, ending)),
      () => undefined,
    );
  const copy = ({ format, name }: Format) =>
    copyLater(ask(format)).then(
      () => say(`Copied as ${name}.`),
      () => say("That could not be copied. Downloading it works without the clipboard."),
    );
  const show = () => ask("SVG").then(setDrawing, () => undefined);
  return (
    <Dialog title="Export" onClose={onClose}>
      {error && <ErrorNote error={error} />}
      <ul role="list" class={styles["formats"]}>
        {FORMATS.map((one) => (
          <li key={one.format} aria-busy={busy === one.format}>
            <div>
              <h3>{one.name}</h3>
              <p class="soft small">{one.text}</p>
            </div>
            <div class={styles["actions"]}>
              {one.format === "SVG" && (
                <Button small onClick={show} disabled={busy !== undefined}>
                  <Icon of={Eye} /> Look
                </Button>
              )}
              {one.isText && (
                <Button small aria-label={`Copy as ${one.name}`} onClick={() => copy(one)} disabled={busy !== undefined}>
                  <Icon of={Copy} /> Copy
                </Button>
              )}
              <Button small look="main" aria-label={`Download as ${one.name}`} onClick={() => save(one)} disabled={busy !== undefined}>
                <Icon of={Download} /> Download
              </Button>
            </div>
            {one.format === "SVG" && drawing !== undefined && <Preview svg={drawing} />}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
