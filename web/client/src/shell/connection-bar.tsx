/** That the server can't be reached, while it can't; what waits to be sent; what was refused. */
import { CloudUpload, WifiOff } from "lucide";
import { connection } from "../api/connection";
import { dismiss, flush, isHeldUp, refusals, sender, waiting } from "../api/outbox";
import type { Entry } from "../api/outbox-core";
import { useStore } from "../api/store";
import { showCount } from "../format/format";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useViewer } from "./viewer";
import styles from "./connection-bar.module.css";

export function ConnectionBar() {
  const isAway = useStore(connection) === "away";
  const viewer = useViewer();
  const own = useStore(sender);
  const entries = useStore(waiting);
  const heldUp = useStore(isHeldUp);
  const mine = entries.filter(({ learner }) => own === undefined || learner === own).length;
  const waits = showCount(mine, "change");
  return (
    <div class={styles["place"]}>
      <div role="status">
        {isAway && (
          <p class={styles["bar"]}>
            <Icon of={WifiOff} /> No connection to the server; it is being tried again. {mine > 0 ? `${waits} will be sent as soon as it is back.` : "What is shown may be old."}
          </p>
        )}
        {!isAway && mine > 0 && viewer === null && (
          <p class={styles["bar"]}>
            <Icon of={CloudUpload} /> {waits} will be sent when you have <a href={`/sign-in?then=${encodeURIComponent(location.pathname + location.search)}`}>signed in</a> again.
          </p>
        )}
        {!isAway && mine > 0 && viewer && heldUp && (
          <p class={styles["bar"]}>
            <Icon of={CloudUpload} /> {waits} could not be sent yet; that is being tried again.
            <Button look="quiet" small onClick={flush}>
              Try now
            </Button>
          </p>
        )}
      </div>
      <Refusals own={own} />
    </div>
  );
}

/** What was tried, and what it is about where no more is known. */
const NAMES: Record<string, [string, string]> = {
  startStep: ["Beginning", "a step"],
  completeStep: ["Completing", "a step"],
  reopenStep: ["Reopening", "a step"],
  skipStep: ["Skipping", "a step"],
  logStudy: ["Logging", "hours"],
  deleteStudy: ["Removing", "hours"],
  recordSkills: ["Recording that you know", "a topic"],
  forgetSkills: ["Forgetting that you knew", "a topic"],
};

function nameOfEntry({ operation, about }: Entry): string {
  const [verb, something] = NAMES[operation] ?? [operation, ""];
  return `${verb} ${about ?? something}`;
}

function Refusals({ own }: { own: string | undefined }) {
  const refused = useStore(refusals).filter(({ entry }) => entry.learner === own);
  return (
    <div role="alert">
      {refused.map((refusal) => (
        <p key={refusal.entry.id} class={styles["refused"]}>
          <span>
            {nameOfEntry(refusal.entry)} was refused: {refusal.messages.join(" ")}
          </span>
          <Button look="quiet" small onClick={() => dismiss(refusal)}>
            Dismiss
          </Button>
        </p>
      ))}
    </div>
  );
}
