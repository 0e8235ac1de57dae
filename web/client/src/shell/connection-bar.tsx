/** That the server can't be reached, while it can't; what waits to be sent; what was refused. */
import { CloudUpload, WifiOff } from "lucide";
import { connection } from "../api/connection";
import { refusals, sender, waiting } from "../api/outbox";
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
      </div>
      <Refusals />
    </div>
  );
}

const NAMES: Record<string, string> = {
  startStep: "Beginning a step",
  completeStep: "Completing a step",
  reopenStep: "Reopening a step",
  skipStep: "Skipping a step",
  logStudy: "Logging hours",
  deleteStudy: "Removing hours",
  recordSkills: "Recording what you know",
  forgetSkills: "Forgetting what you knew",
};

function Refusals() {
  const refused = useStore(refusals);
  return (
    <div role="alert">
      {refused.map(({ entry, messages }) => (
        <p key={entry.id} class={styles["refused"]}>
          {NAMES[entry.operation] ?? entry.operation} was refused: {messages.join(" ")}
          <Button look="quiet" small onClick={() => refusals.set(refusals.get().filter((one) => one.entry !== entry))}>
            Dismiss
          </Button>
        </p>
      ))}
    </div>
  );
}
