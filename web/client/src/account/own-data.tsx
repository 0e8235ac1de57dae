/** All that is kept of a learner: to take away, and to have deleted. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { newId } from "../api/new-id";
import { forgetOwn } from "../api/outbox";
import { errorAt, errorsElsewhere } from "../api/user-errors";
import { beginAnew } from "../shell/viewer";
import { Button, ButtonLink } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ErrorNote, Note } from "../ui/note";
import { DeleteAccountDocument } from "./account.generated";
import { Password } from "./password";
import styles from "./account.module.css";

export function OwnData({ hasPassword }: { hasPassword: boolean }) {
  const [isDeleting, setDeleting] = useState(false);
  return (
    <section class={styles["part"]}>
      <h2>Your data</h2>
      <p class="soft">All that is kept of you: what you know, your roadmaps with all their versions, your log. As a file, or gone for good.</p>
      <p class={styles["actions"]}>
        <ButtonLink href="/export/my-data" download="waymark-export.json">
          Download my data
        </ButtonLink>
        <Button look="danger" onClick={() => setDeleting(true)}>
          Delete my account
        </Button>
      </p>
      {isDeleting && <Deleting hasPassword={hasPassword} onClose={() => setDeleting(false)} />}
    </section>
  );
}

function Deleting({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const [{ data, error, fetching }, remove] = useMutation(DeleteAccountDocument);
  const [password, setPassword] = useState("");
  const wrong = data?.deleteAccount?.userErrors ?? [];
  const submit = async () => {
    const answer = await remove({ input: { password: hasPassword ? password : null, clientMutationId: newId() } });
    if (answer.error || answer.data?.deleteAccount?.userErrors.length !== 0) return;
    await forgetOwn();
    beginAnew("/");
  };
  return (
    <Dialog title="Delete the account?" onClose={onClose}>
      <p>Your roadmaps, what you know, your log, and the links that you have shared are gone at once and for good. Download your data first if you want to keep anything.</p>
      <form
        class={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {error && <ErrorNote error={error} />}
        {errorsElsewhere(wrong, ["password"]).map((message) => (
          <Note key={message} tone="bad" live>
            {message}
          </Note>
        ))}
        {hasPassword && <Password label="Your password" value={password} onChange={setPassword} error={errorAt(wrong, "password")} />}
        <Button type="submit" look="danger" disabled={fetching}>
          Delete all of it
        </Button>
      </form>
    </Dialog>
  );
}
