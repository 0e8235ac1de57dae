/** Links to a roadmap for others: to read it, and for calendar programs. Each can be taken back. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { CalendarPlus, Share2 } from "lucide";
import { newId } from "../api/new-id";
import { copyText } from "../ui/clipboard";
import { Button, ButtonLink } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { ErrorNote } from "../ui/note";
import { CloseCalendarDocument, OpenCalendarDocument, ShareRoadmapDocument, UnshareRoadmapDocument } from "./manage.generated";
import type { Saved } from "./saved-plan";
import styles from "./follow.module.css";

const named = (id: string) => ({ input: { id, clientMutationId: newId() } });

export function Share({ saved: { id, shareSecret } }: { saved: Saved }) {
  const [isOpen, setOpen] = useState(false);
  const [{ error: notShared, fetching }, share] = useMutation(ShareRoadmapDocument);
  const [{ error: notUnshared }, unshare] = useMutation(UnshareRoadmapDocument);
  const error = notShared ?? notUnshared;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon of={Share2} /> {shareSecret ? "Shared" : "Share"}
      </Button>
      {isOpen && (
        <Dialog title="Share" onClose={() => setOpen(false)}>
          {error && <ErrorNote error={error} />}
          <p>Who has the link can read the roadmap and how far you are, and copy it. They see neither your log nor who you are.</p>
          {shareSecret ? (
            <>
              <Address label="The link" value={`${location.origin}/shared/${shareSecret}`} />
              <p>
                <Button look="danger" onClick={() => unshare(named(id))}>
                  Stop sharing
                </Button>
              </p>
            </>
          ) : (
            <p>
              <Button look="main" disabled={fetching} onClick={() => share(named(id))}>
                Make a link
              </Button>
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}

export function Calendar({ saved: { id, calendarPath } }: { saved: Saved }) {
  const [isOpen, setOpen] = useState(false);
  const [{ error: notOpened, fetching }, open] = useMutation(OpenCalendarDocument);
  const [{ error: notClosed }, close] = useMutation(CloseCalendarDocument);
  const error = notOpened ?? notClosed;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon of={CalendarPlus} /> Calendar
      </Button>
      {isOpen && (
        <Dialog title="In your calendar" onClose={() => setOpen(false)}>
          {error && <ErrorNote error={error} />}
          <p>A calendar program that subscribes to the address shows the steps on their days, and follows when the plan changes.</p>
          {calendarPath ? (
            <>
              <Address label="The address" value={`${location.origin}${calendarPath}`} />
              <p class={styles["actions"]}>
                <ButtonLink look="main" href={`webcal://${location.host}${calendarPath}`}>
                  Subscribe
                </ButtonLink>
                <Button look="danger" onClick={() => close(named(id))}>
                  Close the address
                </Button>
              </p>
            </>
          ) : (
            <p>
              <Button look="main" disabled={fetching} onClick={() => open(named(id))}>
                Make an address
              </Button>
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}

function Address({ label, value }: { label: string; value: string }) {
  const copy = async () => {
    await copyText(value);
  };
  return (
    <p class={styles["address"]}>
      <input type="text" readOnly aria-label={label} value={value} onFocus={(event) => event.currentTarget.select()} />
      <Button onClick={copy}>Copy</Button>
    </p>
  );
}
