/** Keeps a question as a roadmap, and changes the wishes of one that is kept. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { Bookmark } from "lucide";
import { useLocation } from "preact-iso/router";
import { newId } from "../api/new-id";
import { errorAt, errorsElsewhere } from "../api/user-errors";
import { inputOf, type Question } from "../question/question";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { ErrorNote, Note } from "../ui/note";
import { Changes } from "./changes";
import { SaveRoadmapDocument, UpdateRoadmapDocument } from "./manage.generated";
import styles from "./follow.module.css";

export function Saving({ question, title, onClose }: { question: Question; title: string; onClose: () => void }) {
  const { route } = useLocation();
  const [text, setText] = useState(title);
  const [{ data, error, fetching }, save] = useMutation(SaveRoadmapDocument);
  const wrong = data?.saveRoadmap?.userErrors ?? [];
  const submit = async () => {
    const answer = await save({ input: { title: text, roadmap: inputOf(question), clientMutationId: newId() } });
    const id = answer.data?.saveRoadmap?.roadmap?.id;
    if (id) route(`/my/${encodeURIComponent(id)}`);
  };
  return (
    <Dialog title="Keep this roadmap" onClose={onClose}>
      <form
        class={styles["changes"]}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {error && <ErrorNote error={error} />}
        {errorsElsewhere(wrong, ["title"]).map((message) => (
          <Note key={message} tone="bad" live>
            {message}
          </Note>
        ))}
        <Field label="What you call it" error={errorAt(wrong, "title")}>
          {(tied) => <input {...tied} type="text" required value={text} onInput={(event) => setText(event.currentTarget.value)} />}
        </Field>
        <p>
          <Button type="submit" look="main" disabled={fetching}>
            Keep it and follow it
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

export function SaveChanges({ id, question }: { id: string; question: Question }) {
  const { route } = useLocation();
  const [{ data, error, fetching }, update] = useMutation(UpdateRoadmapDocument);
  const changes = data?.updateRoadmap?.changes;
  const submit = async () => {
    const asked = { from: null, to: null, startOn: null, finishBy: null, ...inputOf(question) };
    const answer = await update({ input: { ...asked, id, clientMutationId: newId() } });
    if (answer.data?.updateRoadmap?.roadmap) say("The wishes are saved.");
  };
  const back = () => route(`/my/${encodeURIComponent(id)}`);
  return (
    <>
      <Button look="main" disabled={fetching} onClick={submit}>
        <Icon of={Bookmark} /> Save the changed wishes
      </Button>
      {error && <ErrorNote error={error} />}
      {data?.updateRoadmap?.userErrors.map(({ message }) => (
        <Note key={message} tone="bad" live>
          {message}
        </Note>
      ))}
      {data?.updateRoadmap?.roadmap && (
        <Dialog title="The wishes are saved" onClose={back}>
          {changes ? <Changes changes={changes} /> : <p>Nothing is different about the steps.</p>}
          <p>
            <Button look="main" onClick={back}>
              To the roadmap
            </Button>
          </p>
        </Dialog>
      )}
    </>
  );
}
