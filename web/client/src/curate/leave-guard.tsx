/** Asks before a page with unsaved changes is left by a link, or closed. Going back asks nothing: what was typed is kept in the window anyhow. */
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import styles from "./review.module.css";

/** The address in this page that a click would lead to. */
function addressOf(event: MouseEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0) return undefined;
  const link = event.composedPath().find((place) => place instanceof HTMLAnchorElement);
  if (!link || link.origin !== location.origin || link.download || (link.target && link.target !== "_self")) return undefined;
  return link.pathname === location.pathname ? undefined : link.pathname + link.search;
}

export function LeaveGuard({ onDiscard }: { onDiscard: () => void }) {
  const { route } = useLocation();
  const [wanted, setWanted] = useState<string>();
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const address = addressOf(event);
      if (address === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(address);
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("click", onClick, { capture: true });
    addEventListener("beforeunload", onUnload);
    return () => {
      removeEventListener("click", onClick, { capture: true });
      removeEventListener("beforeunload", onUnload);
    };
  }, []);
  if (wanted === undefined) return null;
  return (
    <Dialog title="Leave without saving?" onClose={() => setWanted(undefined)}>
      <p>What you typed is not saved. It is kept in this window, and is here when you come back.</p>
      <div class={styles["actions"]}>
        <Button look="danger" onClick={() => (onDiscard(), route(wanted))}>
          Discard and leave
        </Button>
        <Button onClick={() => route(wanted)}>Keep and leave</Button>
        <Button look="main" onClick={() => setWanted(undefined)}>
          Stay
        </Button>
      </div>
    </Dialog>
  );
}
