/** What a page says instead of, or beside, what it shows: that there is nothing, that something went wrong, that it is on its way. */
import type { ComponentChildren } from "preact";
import type { CombinedError } from "@urql/core";
import { errorsOf } from "../api/errors";
import styles from "./note.module.css";

interface NoteProps {
  tone?: "plain" | "good" | "warn" | "bad";
  title?: ComponentChildren;
  children?: ComponentChildren;
  /** What to do about it: buttons, links. */
  actions?: ComponentChildren;
  /** Whether those who hear the page are told when it appears. */
  live?: boolean;
}

export function Note({ tone = "plain", title, children, actions, live }: NoteProps) {
  return (
    <div class={`${styles["note"]} ${styles[tone]}`} {...(live && { role: tone === "bad" ? "alert" : "status" })}>
      {title && <p class={styles["title"]}>{title}</p>}
      {children}
      {actions && <div class={styles["actions"]}>{actions}</div>}
    </div>
  );
}

/** Nothing here yet, and how to change that. */
export function Empty({ title, children, actions }: Omit<NoteProps, "tone" | "live">) {
  return (
    <div class={styles["empty"]}>
      <p class={styles["title"]}>{title}</p>
      {children}
      {actions && <div class={styles["actions"]}>{actions}</div>}
    </div>
  );
}

/** An answer that is an error, in the server's words. */
export function ErrorNote({ error, actions }: { error: CombinedError; actions?: ComponentChildren }) {
  const errors = errorsOf(error);
  const isAway = errors.some(({ code }) => code === "UNREACHABLE");
  return (
    <Note tone={isAway ? "warn" : "bad"} live title={isAway ? "No connection" : "That did not work"} actions={actions}>
      {errors.map(({ message }) => (
        <p key={message}>{message}</p>
      ))}
    </Note>
  );
}

/** The shape of what is on its way. */
export function Skeleton({ lines = 3, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div class={styles["skeleton"]} role="status">
      <span class="hidden-text">{label}…</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" class={styles["line"]} />
      ))}
    </div>
  );
}
