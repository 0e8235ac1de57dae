/** How the plan came to be what it is. */
import { useQuery } from "@urql/preact";
import { showDay, showHours, showMoment } from "../format/format";
import { ErrorNote, Skeleton } from "../ui/note";
import { VersionsDocument } from "./saved.generated";
import styles from "./follow.module.css";

const CAUSES = { SAVED: "Saved", UPDATED: "Wishes changed", REPLANNED: "Planned anew", SKIPPED: "A step skipped" } as const;

export function Versions({ id }: { id: string }) {
  const [{ data, error }] = useQuery({ query: VersionsDocument, variables: { id } });
  const versions = data?.savedRoadmap?.versions.nodes;
  if (error && !versions) return <ErrorNote error={error} />;
  if (!versions) return <Skeleton lines={2} label="Loading the history" />;
  return (
    <ol role="list" class={styles["entries"]}>
      {versions.map(({ number, createdAt, cause, hours, finishesOn, changes }) => (
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
      ))}
    </ol>
  );
}
