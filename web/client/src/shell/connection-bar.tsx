/** That the server can't be reached, while it can't. What is waiting to be sent is counted. */
import { WifiOff } from "lucide";
import { connection } from "../api/connection";
import { useStore } from "../api/store";
import { Icon } from "../ui/icon";
import styles from "./connection-bar.module.css";

export function ConnectionBar() {
  const state = useStore(connection);
  return (
    <div role="status" class={styles["place"]}>
      {state === "away" && (
        <p class={styles["bar"]}>
          <Icon of={WifiOff} /> No connection to the server. What is shown may be old; it is being tried again.
        </p>
      )}
    </div>
  );
}
