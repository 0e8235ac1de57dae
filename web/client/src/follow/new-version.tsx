/** That the plan has changed while it was looked at: by a step that was skipped, or in another window. */
import { useState } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import { Changes, isNothing } from "./changes";
import { VersionChangesDocument } from "./manage.generated";
import type { Saved } from "./saved-plan";
import { CAUSES } from "./versions";
import styles from "./follow.module.css";

export function NewVersion({ saved: { id, version } }: { saved: Saved }) {
  const [known, setKnown] = useState(version.number);
  const [{ data }] = useQuery({ query: VersionChangesDocument, variables: { id, number: version.number }, pause: version.number <= known });
  const told = version.number > known ? data?.savedRoadmap?.versionOf : undefined;
  if (!told?.changes || isNothing(told.changes)) return null;
  return (
    <Note
      live
      title={`The plan has changed: ${CAUSES[told.cause].toLowerCase()}`}
      actions={
        <Button small onClick={() => setKnown(version.number)}>
          Dismiss
        </Button>
      }
    >
      <details class={styles["fold"]}>
        <summary>What is different</summary>
        <Changes changes={told.changes} />
      </details>
    </Note>
  );
}
