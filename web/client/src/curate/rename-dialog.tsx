/** Another slug for something: by the old one it is still found. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Note } from "../ui/note";
import { editCatalog } from "./changes";
import type { Kind, NamedForm } from "./kind";
import { ReviewDialog } from "./review-dialog";
import styles from "./review.module.css";

export interface NamedDialogProps<Form extends NamedForm> {
  kind: Kind<Form>;
  slug: string;
  title: string;
  revision: number;
  /** Whether something is typed and not saved, which comes first. */
  isChanged: boolean;
  onClose: () => void;
  onReload: () => void;
  /** It is done; the address that one goes on at. */
  onDone: (address: string) => void;
}

export function RenameDialog<Form extends NamedForm>(props: NamedDialogProps<Form>) {
  const { kind, slug, title, revision, isChanged, onClose, onReload, onDone } = props;
  const [newSlug, setNewSlug] = useState(slug);
  const [message, setMessage] = useState("");
  const [error, setError] = useState<string>();
  const [isReviewed, setReviewed] = useState(false);
  if (isReviewed) {
    return (
      <ReviewDialog
        title={`Rename ${title}`}
        verb="Rename"
        change={editCatalog([kind.rename(slug, newSlug.trim())])}
        expectedRevision={revision}
        message={message}
        onMessage={setMessage}
        onErrors={(errors) => (setError(errors.map((one) => one.message).join(" ")), setReviewed(false))}
        onDone={() => onDone(`/curate/${kind.part}/${newSlug.trim()}`)}
        onReload={() => (onReload(), setReviewed(false))}
        onClose={() => setReviewed(false)}
      />
    );
  }
  return (
    <Dialog title={`Rename ${title}`} onClose={onClose}>
      {isChanged ? (
        <UnsavedFirst onClose={onClose} />
      ) : (
        <form class={styles["review"]} onSubmit={(event) => (event.preventDefault(), setReviewed(true))}>
          <Field label="New slug" hint={`Whoever asks for “${slug}” still finds it; all that refers to it follows.`} error={error}>
            {(tied) => <input {...tied} type="text" value={newSlug} onInput={(event) => setNewSlug(event.currentTarget.value)} />}
          </Field>
          <div class={styles["actions"]}>
            <Button onClick={onClose}>Back</Button>
            <Button look="main" type="submit" disabled={newSlug.trim() === slug || newSlug.trim() === ""}>
              Review changes…
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

export function UnsavedFirst({ onClose }: { onClose: () => void }) {
  return (
    <Note tone="warn" title="Save or discard what you typed first" actions={<Button onClick={onClose}>Back to it</Button>}>
      <p>This is a revision of its own.</p>
    </Note>
  );
}
