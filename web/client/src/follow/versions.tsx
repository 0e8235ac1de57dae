/** How the plan came to be what it is. */
import { showDay, showHours, showMoment } from "../format/format";
import { More } from "./more";
import { VersionsDocument } from "./saved.generated";
import styles from "./follow.module.css";

export const CAUSES = { SAVED: "Saved", UPDATED: "Wishes changed", REPLANNED: "Planned anew", SKIPPED: "A step skipped" } as const;

export function Versions({ id, changeNumber }: { id: string; changeNumber: number }) {
  return (
    <ol role="list" class={styles["entries"]}>
      <More
        id={id}
        changeNumber={changeNumber}
        document={VersionsDocument}
        of={({ versions }) => versions}
        label="Loading the history"
        renderItem={({ number, createdAt, cause, hours, finishesOn, changes }) => (
          <li key={number}>
            <div>
              <strong>{CAUSES[cause]}</strong> <span class="soft">{showMoment(createdAt)}</span>
              {changes?.summary.map((sentence) => (
                <p key={sentence} class="small">
                  {sentence}
                </p>
              ))}
            </div>
            <span>{showHours(hours)}</span>
            <span class="soft">{showDay(finishesOn)}</span>
          </li>
        )}
      />
    </ol>
  );
}
