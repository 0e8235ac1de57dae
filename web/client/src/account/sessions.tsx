/** Where one is signed in. */
import { useMutation } from "@urql/preact";
import { newId } from "../api/new-id";
import { showMoment } from "../format/format";
import { Button } from "../ui/button";
import { ErrorNote } from "../ui/note";
import { EndSessionDocument, type AccountQuery } from "./account.generated";
import styles from "./account.module.css";

type Session = NonNullable<NonNullable<AccountQuery["viewer"]>["sessions"]>[number];

export function Sessions({ sessions }: { sessions: Session[] }) {
  const [{ error, fetching }, end] = useMutation(EndSessionDocument);
  return (
    <section class={styles["part"]}>
      <h2>Where you are signed in</h2>
      {error && <ErrorNote error={error} />}
      <ul role="list" class={styles["rows"]}>
        {sessions.map(({ id, createdAt, lastUsedAt, isCurrent }) => (
          <li key={id}>
            <span>
              {isCurrent ? "Here" : "Elsewhere"}, since {showMoment(createdAt)}
              {lastUsedAt && <span class="soft"> · used {showMoment(lastUsedAt)}</span>}
            </span>
            {!isCurrent && (
              <Button small disabled={fetching} onClick={() => end({ input: { id, clientMutationId: newId() } })}>
                Sign out there
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
