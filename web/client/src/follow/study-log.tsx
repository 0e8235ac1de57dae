/** The time that was spent, latest first; what has not reached the server yet stands above. */
import { useEffect } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { Clock, Trash2 } from "lucide";
import { doLater } from "../api/outbox";
import type { Entry } from "../api/outbox-core";
import { showCount, showDay, showHours, showLevel } from "../format/format";
import type { Plan } from "../roadmap/model";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { ErrorNote, Skeleton } from "../ui/note";
import { LogForm } from "./log-form";
import { StudyLogDocument } from "./saved.generated";
import styles from "./follow.module.css";

interface StudyLogProps {
  id: string;
  plan: Plan;
  entries: Entry[];
  /** Grows with whatever changes about the roadmap. */
  changeNumber: number;
}

export function StudyLog({ id, plan, entries, changeNumber }: StudyLogProps) {
  const [{ data, error }, again] = useQuery({ query: StudyLogDocument, variables: { id } });
  useEffect(() => {
    if (data?.savedRoadmap && data.savedRoadmap.changeNumber < changeNumber) again({ requestPolicy: "network-only" });
  }, [data, changeNumber]);
  const log = data?.savedRoadmap?.studyLog;
  const waiting = entries.filter(({ operation }) => operation === "logStudy");
  const removed = new Set(entries.filter(({ operation }) => operation === "deleteStudy").map(({ input }) => input["id"]));
  return (
    <section class={styles["card"]} aria-labelledby="log">
      <h2 id="log">Hours</h2>
      <LogForm roadmap={id} steps={plan.steps.filter(({ state }) => state !== "SKIPPED")} />
      {error && !log && <ErrorNote error={error} />}
      {!log && !error && <Skeleton lines={3} label="Loading the log" />}
      {log && log.totalCount + waiting.length === 0 && <p class="soft">Nothing logged yet. What you log tells the forecast your own pace.</p>}
      <ul role="list" class={styles["entries"]}>
        {waiting.map((entry) => (
          <li key={entry.id}>
            <span>{showDay(String(entry.input["day"]))}</span>
            <strong>{showHours(Number(entry.input["hours"]))}</strong>
            <span class={styles["badge"]}>
              <Icon of={Clock} size="0.95em" /> waiting
            </span>
          </li>
        ))}
        {log?.nodes
          .filter((entry) => !removed.has(entry.id))
          .map((entry) => (
            <li key={entry.id}>
              <span>
                {showDay(entry.day)}
                {entry.topic && ` · ${entry.step?.topic.title ?? entry.topic}${entry.level ? `, ${showLevel(entry.level).toLowerCase()}` : ""}`}
                {entry.note && <span class="soft"> · {entry.note}</span>}
              </span>
              <strong>{showHours(entry.hours)}</strong>
              <Button look="quiet" small aria-label={`Remove ${showHours(entry.hours)} on ${showDay(entry.day)}`} onClick={() => doLater("deleteStudy", { id: entry.id })}>
                <Icon of={Trash2} size="1em" />
              </Button>
            </li>
          ))}
      </ul>
      {log?.pageInfo.hasNextPage && <p class="soft small">{showCount(log.totalCount, "entry", "entries")} in all; the latest are shown.</p>}
    </section>
  );
}
