/** A revision in a list: its number, when, by whom, from where, and why. */
import { showMoment } from "../format/format";
import type { RevisionFragment } from "./curate.generated";
import styles from "./revisions.module.css";

const SOURCES: Record<string, string> = { edit: "edited here", import: "imported", revert: "gone back to an earlier one", embedded: "came with the program" };

export const sourceName = (source: string) => SOURCES[source] ?? `imported on the server (${source})`;

export function RevisionLine({ revision, isCurrent }: { revision: RevisionFragment; isCurrent: boolean }) {
  const { number, importedAt, author, message, source } = revision;
  return (
    <article class={styles["line"]}>
      <p class={styles["name"]}>
        <a href={`/curate/revisions/${number}`}>Revision {number}</a>
        {isCurrent && <span class={styles["current"]}>Now</span>}
      </p>
      <p class={message ? undefined : "soft"}>{message ?? "No message"}</p>
      <p class="small soft">
        {[author, sourceName(source)].filter(Boolean).join(", ")}, <time dateTime={importedAt}>{showMoment(importedAt)}</time>
      </p>
    </article>
  );
}
