/** What somebody who edits should know beside the form: a newer revision, what others have changed too, what was typed before. */
import { Button, ButtonLink } from "../ui/button";
import { Note } from "../ui/note";
import type { Kind, NamedForm } from "./kind";
import type { Editing } from "./use-editing";

interface EditingNotesProps<Form extends NamedForm> {
  kind: Kind<Form>;
  editing: Editing<Form>;
  /** A revision that came since this one was loaded. */
  newer: number | undefined;
}

export function EditingNotes<Form extends NamedForm>({ kind, editing, newer }: EditingNotesProps<Form>) {
  const { revision, clashes, isFromBefore, isChanged } = editing;
  return (
    <>
      {newer !== undefined && (
        <Note
          tone="warn"
          live
          title={`The catalogue is at revision ${newer} by now`}
          actions={
            <>
              <Button look="main" small onClick={() => void editing.reload()}>
                Load it{isChanged && ", keep what I typed"}
              </Button>
              <ButtonLink small href={`/curate/revisions/${newer}?against=${revision}`} target="_blank">
                See what changed
              </ButtonLink>
            </>
          }
        >
          <p>You began with revision {revision}. Nothing of what you typed is lost.</p>
        </Note>
      )}
      {clashes.length > 0 && (
        <Note tone="warn" live title="Others have changed the same things">
          <p>What you typed stays, here: {clashes.map(nameOf).join("; ")}. Review the changes before you save.</p>
        </Note>
      )}
      {isFromBefore && isChanged && (
        <Note
          title={`You have typed into this ${kind.one} before`}
          actions={
            <Button small onClick={editing.discard}>
              Discard it
            </Button>
          }
        >
          <p>It was not saved, and is here as you left it.</p>
        </Note>
      )}
    </>
  );
}

/** `["levels", "WORKING", "hours"]` as "working: hours". */
function nameOf(path: string[]): string {
  const names = path.filter((part) => part !== "levels").map((part) => part.toLowerCase());
  return names.join(": ") || "all of it";
}
