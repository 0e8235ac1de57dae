/** A change before it is made: what would be different for it, a message to those who look at the revisions later, and then the change itself. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { newId } from "../api/new-id";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { ErrorNote, Note, Skeleton } from "../ui/note";
import type { Change, Outcome } from "./changes";
import { conflictOf } from "./conflict";
import { ConflictNote } from "./conflict-note";
import { DiffView } from "./diff-view";
import type { UserError } from "./place-errors";
import styles from "./review.module.css";

interface ReviewDialogProps {
  title: string;
  /** What the button says that makes the change. */
  verb: string;
  change: Change;
  expectedRevision: number;
  message: string;
  onMessage: (message: string) => void;
  /** Where something has to be put right first. */
  onErrors: (errors: UserError[]) => void;
  onDone: (revision: number) => void;
  /** After others have changed the catalogue, with the revision that it is at by now. */
  onReload: (currentRevision: number) => void;
  onClose: () => void;
}

export function ReviewDialog({ title, verb, change, expectedRevision, message, onMessage, onErrors, onDone, onReload, onClose }: ReviewDialogProps) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [isSaving, setSaving] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const clientMutationId = useMemo(() => newId(), []);
  const messageError = outcome?.userErrors.find(({ field }) => field[1] === "message")?.message;

  const take = (next: Outcome) => {
    const others = next.userErrors.filter(({ field }) => field[1] !== "message");
    if (others.length > 0) onErrors(others);
    else setOutcome((last) => ({ ...next, diff: next.userErrors.length > 0 || next.error ? (last?.diff ?? []) : next.diff }));
  };

  useEffect(() => {
    let isWanted = true;
    setOutcome(undefined);
    void change({ message: "", dryRun: true, expectedRevision, clientMutationId: newId() }).then((dry) => isWanted && take(dry));
    return () => void (isWanted = false);
  }, [attempt]);

  const save = async (event: Event) => {
    event.preventDefault();
    setSaving(true);
    const made = await change({ message, dryRun: false, expectedRevision, clientMutationId });
    setSaving(false);
    if (made.error || made.userErrors.length > 0) return take(made);
    say(made.revision === undefined ? "Nothing was to be changed." : `Saved as revision ${made.revision}.`);
    onDone(made.revision ?? expectedRevision);
  };

  const conflict = conflictOf(outcome?.error);
  return (
    <Dialog title={title} onClose={onClose}>
      {!outcome && <Skeleton lines={4} label="Looking at what would change" />}
      {conflict && <ConflictNote conflict={conflict} onReload={() => onReload(conflict.currentRevision)} />}
      {outcome?.error && !conflict && <ErrorNote error={outcome.error} actions={<Button onClick={() => setAttempt(attempt + 1)}>Look again</Button>} />}
      {outcome && !outcome.error && (
        <form class={styles["review"]} onSubmit={(event) => void save(event)}>
          {outcome.diff.length === 0 ? (
            <Note title="Nothing would change">
              <p>The catalogue is like that already.</p>
            </Note>
          ) : (
            <>
              <section aria-label="What would change" class={styles["diff"]}>
                <DiffView diff={outcome.diff} isPlanned />
              </section>
              <Field label="Message" hint="Why, for those who look at the revisions later." error={messageError}>
                {(tied) => <textarea {...tied} rows={2} value={message} onInput={(event) => onMessage(event.currentTarget.value)} />}
              </Field>
            </>
          )}
          <div class={styles["actions"]}>
            <Button onClick={onClose}>Back</Button>
            <Button look="main" type="submit" disabled={isSaving || outcome.diff.length === 0}>
              {isSaving ? "Saving…" : verb}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
