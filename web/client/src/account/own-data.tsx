/** All that is kept of a learner: to take away, and to have deleted. */
import { useState } from "preact/hooks";
import { useClient, useMutation } from "@urql/preact";
import type { CombinedError } from "@urql/core";
import { newId } from "../api/new-id";
import { forgetOwn } from "../api/outbox";
import { errorAt, errorsElsewhere } from "../api/user-errors";
import { beginAnew } from "../shell/viewer";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { download } from "../ui/download";
import { ErrorNote, Note } from "../ui/note";
import { DeleteAccountDocument, MyDataDocument } from "./account.generated";
import { Password } from "./password";
import styles from "./account.module.css";

export function OwnData({ hasPassword }: { hasPassword: boolean }) {
  const client = useClient();
  const [error, setError] = useState<CombinedError>();
  const [isDeleting, setDeleting] = useState(false);
  const take = async () => {
    const { data, error: failure } = await client.query(MyDataDocument, {}, { requestPolicy: "network-only" }).toPromise();
    setError(failure);
    if (data) download(data.exportMyData, "application/json", "waymark-my-data.json");
  };
  return (
    <section class={styles["part"]}>
      <h2>Your data</h2>
      <p class="soft">All that is kept of you: what you know, your roadmaps with all their versions, your log. As a file, or gone for good.</p>
      {error && <ErrorNote error={error} />}
      <p class={styles["actions"]}>
        <Button onClick={take}>Download my data</Button>
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
