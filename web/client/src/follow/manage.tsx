/** What a kept roadmap is called, and its end: put aside, or deleted. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { Archive, Pencil, Trash2 } from "lucide";
import { useLocation } from "preact-iso/router";
import { newId } from "../api/new-id";
import { errorAt } from "../api/user-errors";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { ErrorNote } from "../ui/note";
import { ArchiveRoadmapDocument, DeleteRoadmapDocument, UpdateRoadmapDocument } from "./manage.generated";
import type { Saved } from "./saved-plan";
import styles from "./follow.module.css";

export function Rename({ saved: { id, title } }: { saved: Saved }) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(title);
  const [{ data, error, fetching }, update] = useMutation(UpdateRoadmapDocument);
  const submit = async () => {
    const answer = await update({ input: { id, title: text, clientMutationId: newId() } });
    if (!answer.error && answer.data?.updateRoadmap?.userErrors.length === 0) setOpen(false);
  };
  return (
    <>
      <Button look="quiet" small onClick={() => setOpen(true)} aria-label="Rename the roadmap">
        <Icon of={Pencil} />
      </Button>
      {isOpen && (
        <Dialog title="What is it called?" onClose={() => setOpen(false)}>
          {error && <ErrorNote error={error} />}
          <form
            class={styles["changes"]}
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <Field label="Title" error={errorAt(data?.updateRoadmap?.userErrors ?? [], "title")}>
              {(tied) => <input {...tied} type="text" required value={text} onInput={(event) => setText(event.currentTarget.value)} />}
            </Field>
            <p>
              <Button type="submit" look="main" disabled={fetching}>
                Save
              </Button>
            </p>
          </form>
        </Dialog>
      )}
    </>
  );
}

export function End({ saved: { id, title, archivedAt } }: { saved: Saved }) {
  const { route } = useLocation();
  const [isAsked, setAsked] = useState(false);
  const [{ error: notArchived }, archive] = useMutation(ArchiveRoadmapDocument);
  const [{ error: notDeleted, fetching }, remove] = useMutation(DeleteRoadmapDocument);
  const error = notArchived ?? notDeleted;
  const putAside = async () => {
    const answer = await archive({ input: { id, archived: archivedAt === null, clientMutationId: newId() } });
    if (!answer.error) say(archivedAt === null ? "Put aside." : "Taken up again.");
  };
  const end = async () => {
    const answer = await remove({ input: { id, clientMutationId: newId() } });
    if (answer.error) return;
    say("Deleted.");
    route("/my");
  };
  return (
    <>
      {error && <ErrorNote error={error} />}
      <p class={styles["actions"]}>
        <Button onClick={putAside}>
          <Icon of={Archive} /> {archivedAt === null ? "Put aside" : "Take up again"}
        </Button>
        <Button look="danger" onClick={() => setAsked(true)}>
          <Icon of={Trash2} /> Delete
        </Button>
      </p>
      {isAsked && (
        <Dialog title={`Delete “${title}”?`} onClose={() => setAsked(false)}>
          <p>Its versions, its log and its links are gone for good. What you know stays.</p>
          <p class={styles["actions"]}>
            <Button look="danger" disabled={fetching} onClick={end}>
              Delete it
            </Button>
            <Button onClick={() => setAsked(false)}>Keep it</Button>
          </p>
        </Dialog>
      )}
    </>
  );
}
