/** That others have changed the catalogue meanwhile: who, what, and how to go on with what one has typed. */
import { showCount, showLevel, showMoment } from "../format/format";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import type { Conflict, OthersChange } from "./conflict";
import { CHANGE_NAMES, placeOf } from "./diff-groups";
import styles from "./review.module.css";

interface ConflictNoteProps {
  conflict: Conflict;
  /** Loads what it is now, and keeps what was typed. */
  onReload: () => void;
}

export function ConflictNote({ conflict, onReload }: ConflictNoteProps) {
  return (
    <Note
      tone="warn"
      live
      title="Others have changed the catalogue since you opened it"
      actions={
        <Button look="main" onClick={onReload}>
          Load their changes, keep mine
        </Button>
      }
    >
      <p>Nothing of yours was saved, and nothing is lost.</p>
      <ul role="list" class={styles["changes"]}>
        {conflict.changes.map((change) => (
          <li key={change.revision}>
            <OneChange change={change} />
          </li>
        ))}
      </ul>
    </Note>
  );
}

const SHOWN = 6;

function OneChange({ change }: { change: OthersChange }) {
  const { revision, author, message, importedAt, entries } = change;
  return (
    <>
      <p>
        <a href={`/curate/revisions/${revision}`} target="_blank" rel="noopener">
          Revision {revision}
        </a>{" "}
        by {author ?? "somebody"}, <time dateTime={importedAt}>{showMoment(importedAt)}</time>
        {message && `: ${message}`}
      </p>
      <ul role="list" class="small soft">
        {entries.slice(0, SHOWN).map((entry) => (
          <li key={`${entry.kind} ${entry.slug} ${entry.level}`}>
            {CHANGE_NAMES[entry.change]}: {placeOf(entry) ? <a href={placeOf(entry)} target="_blank" rel="noopener">{entry.title}</a> : entry.title}
            {entry.level && `, ${showLevel(entry.level)}`}
          </li>
        ))}
        {entries.length > SHOWN && <li>{showCount(entries.length - SHOWN, "other thing")}</li>}
      </ul>
    </>
  );
}
