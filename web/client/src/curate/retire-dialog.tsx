/** The end of something, with what takes its place where others refer to it. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Note } from "../ui/note";
import { editCatalog } from "./changes";
import type { NamedForm } from "./kind";
import type { UserError } from "./place-errors";
import { UnsavedFirst, type NamedDialogProps } from "./rename-dialog";
import { ReviewDialog } from "./review-dialog";
import styles from "./review.module.css";

export function RetireDialog<Form extends NamedForm>(props: NamedDialogProps<Form>) {
  const { kind, slug, title, revision, isChanged, onClose, onReload, onDone } = props;
  const [chosen, choose] = useState<{ slug: string; title: string }>();
  const [message, setMessage] = useState("");
  const [errors, setErrors] = useState<UserError[]>([]);
  const [isReviewed, setReviewed] = useState(false);
  if (isReviewed) {
    return (
      <ReviewDialog
        title={`Retire ${title}`}
        verb="Retire"
        change={editCatalog([kind.retire(slug, chosen?.slug)])}
        expectedRevision={revision}
        message={message}
        onMessage={setMessage}
        onErrors={(errors) => (setErrors(errors), setReviewed(false))}
        onDone={() => onDone(chosen ? `/curate/${kind.part}/${chosen.slug}` : `/curate/${kind.part}`)}
        onReload={() => (onReload(), setReviewed(false))}
        onClose={() => setReviewed(false)}
      />
    );
  }
  return (
    <Dialog title={`Retire ${title}`} onClose={onClose}>
      {isChanged ? (
        <UnsavedFirst onClose={onClose} />
      ) : (
        <form class={styles["review"]} onSubmit={(event) => (event.preventDefault(), setReviewed(true))}>
          {errors.length > 0 && (
            <Note tone="bad" live title="That can't be">
              {errors.map((error) => (
                <p key={error.message}>{error.message}</p>
              ))}
            </Note>
          )}
          <kind.Replacement slug={slug} chosen={chosen} onChoose={choose} />
          <p class="small soft">
            What refers to it refers to that from now on, and by its slug that is found. With nothing in its place, nothing may refer to it any more. Learners lose nothing that they have
            recorded.
          </p>
          <div class={styles["actions"]}>
            <Button onClick={onClose}>Back</Button>
            <Button look="main" type="submit">
              Review changes…
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
