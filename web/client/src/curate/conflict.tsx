/** That others have changed the catalogue since one has seen it: who, when, what they said. */
import type { CombinedError } from "@urql/core";
import { errorsOf } from "../api/errors";
import { showMoment } from "../format/format";
import { ErrorNote, Note } from "../ui/note";
import type { ComponentChildren } from "preact";

interface Change {
  revision: number;
  author: string | null;
  message: string | null;
  importedAt: string;
}

/** What others did, where an error says so. */
export function changesOf(error: CombinedError | undefined): Change[] | undefined {
  const conflict = errorsOf(error).find(({ code }) => code === "CONFLICT");
  return conflict && ((conflict.extensions["changes"] as Change[] | undefined) ?? []);
}

export function CurateError({ error, actions }: { error: CombinedError; actions?: ComponentChildren }) {
  const changes = changesOf(error);
  if (!changes) return <ErrorNote error={error} />;
  return (
    <Note tone="warn" live title="Others have changed the catalogue meanwhile" actions={actions}>
      <ul>
        {changes.map(({ revision, author, message, importedAt }) => (
          <li key={revision}>
            <a href={`/curate/revisions/${revision}`}>Revision {revision}</a>
            {author && ` by ${author}`}
            {importedAt && `, ${showMoment(importedAt)}`}
            {message && `: ${message}`}
          </li>
        ))}
      </ul>
    </Note>
  );
}
