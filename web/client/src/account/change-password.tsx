/** Another password. All other sessions end with the old one. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { newId } from "../api/new-id";
import { errorAt } from "../api/user-errors";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { ErrorNote } from "../ui/note";
import { ChangePasswordDocument } from "./account.generated";
import { Password } from "./password";
import styles from "./account.module.css";

export function ChangePassword() {
  const [{ data, error, fetching }, change] = useMutation(ChangePasswordDocument);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const wrong = data?.changePassword?.userErrors ?? [];
  const submit = async () => {
    const answer = await change({ input: { currentPassword: current, newPassword: next, clientMutationId: newId() } });
    if (answer.error || answer.data?.changePassword?.userErrors.length !== 0) return;
    setCurrent("");
    setNext("");
    say("The password is changed.");
  };
  return (
    <section class={styles["part"]}>
      <h2>Password</h2>
      <form
        class={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {error && <ErrorNote error={error} />}
        <Password label="Password so far" value={current} onChange={setCurrent} error={errorAt(wrong, "currentPassword")} />
        <Password label="New password" hint="At least 10 characters that are hard to guess." value={next} onChange={setNext} error={errorAt(wrong, "newPassword")} isNew />
        <Button type="submit" disabled={fetching}>
          Change the password
        </Button>
      </form>
    </section>
  );
}
