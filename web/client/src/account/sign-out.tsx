/** Signing out; first it is told what has not been sent yet. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { LogOut } from "lucide";
import { sender, waiting } from "../api/outbox";
import { useStore } from "../api/store";
import { showCount } from "../format/format";
import { beginAnew } from "../shell/viewer";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { ErrorNote } from "../ui/note";
import { SignOutDocument } from "./account.generated";
import styles from "./account.module.css";

export function SignOut() {
  const [{ error, fetching }, end] = useMutation(SignOutDocument);
  const [isAsked, setAsked] = useState(false);
  const own = useStore(sender);
  const unsent = useStore(waiting).filter(({ learner }) => learner === own).length;
  const signOut = async () => {
    const answer = await end({});
    if (!answer.error) beginAnew("/");
  };
  return (
    <>
      {error && !isAsked && <ErrorNote error={error} />}
      <Button disabled={fetching} onClick={() => (unsent > 0 ? setAsked(true) : void signOut())}>
        <Icon of={LogOut} /> Sign out
      </Button>
      {isAsked && (
        <Dialog title={`${showCount(unsent, "change")} not sent yet`} onClose={() => setAsked(false)}>
          {error && <ErrorNote error={error} />}
          <p>What is not sent stays in this browser, and is sent when you sign in here again.</p>
          <p class={styles["actions"]}>
            <Button look="main" onClick={() => setAsked(false)}>
              Stay
            </Button>
            <Button disabled={fetching} onClick={signOut}>
              Sign out all the same
            </Button>
          </p>
        </Dialog>
      )}
    </>
  );
}
