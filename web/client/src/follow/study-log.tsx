/** The time that was spent, latest first; what has not reached the server yet stands above. */
import { useRef } from "preact/hooks";
import { Clock, Trash2 } from "lucide";
import { doLater, refusals, waiting } from "../api/outbox";
import type { Entry } from "../api/outbox-core";
import { useStore } from "../api/store";
import { showDay, showHours, showLevel } from "../format/format";
import type { Plan } from "../roadmap/model";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { LogForm } from "./log-form";
import { More } from "./more";
import { StudyLogDocument, type StudyLogQuery } from "./saved.generated";
import styles from "./follow.module.css";

interface StudyLogProps {
  id: string;
  plan: Plan;
  entries: Entry[];
  /** Grows with whatever changes about the roadmap. */
  changeNumber: number;
}

type Logged = NonNullable<StudyLogQuery["savedRoadmap"]>["studyLog"]["nodes"][number];

export function StudyLog({ id, plan, entries, changeNumber }: StudyLogProps) {
  const added = entries.filter(({ operation }) => operation === "logStudy");
  const removed = useRemoved();
  return (
    <section class={styles["card"]} aria-labelledby="log">
      <h2 id="log">Hours</h2>
      <LogForm roadmap={id} steps={plan.steps.filter(({ state }) => state !== "SKIPPED")} />
      <ul role="list" class={styles["entries"]}>
        {added.map((entry) => (
          <li key={entry.id}>
            <span>{showDay(String(entry.input["day"]))}</span>
            <strong>{showHours(Number(entry.input["hours"]))}</strong>
            <span class={styles["badge"]}>
              <Icon of={Clock} size="0.95em" /> waiting
            </span>
          </li>
        ))}
        <More
          id={id}
          changeNumber={changeNumber}
          document={StudyLogDocument}
          of={({ studyLog }) => studyLog}
          label="Loading the log"
          nothing={added.length === 0 && <span class="soft">Nothing logged yet. What you log tells the forecast your own pace.</span>}
          renderItem={(entry) => !removed.has(entry.id) && <LoggedRow key={entry.id} entry={entry} />}
        />
      </ul>
    </section>
  );
}

/** The entries that are removed, or will be; those among them that were removed just now, until the list says so too. */
function useRemoved(): ReadonlySet<unknown> {
  const all = useStore(waiting);
  const refused = useStore(refusals);
  const removed = useRef(new Set<unknown>());
  for (const { operation, input } of all) if (operation === "deleteStudy") removed.current.add(input["id"]);
  for (const { entry } of refused) removed.current.delete(entry.input["id"]);
  return removed.current;
}

function LoggedRow({ entry: { id, day, hours, note, topic, level, step } }: { entry: Logged }) {
  const on = topic && `${step?.topic.title ?? topic}${level ? `, ${showLevel(level).toLowerCase()}` : ""}`;
  const remove = async () => {
    await doLater("deleteStudy", { id }, `${showHours(hours)} on ${showDay(day)}`);
    say(`${showHours(hours)} on ${showDay(day)} removed.`);
  };
  return (
    <li>
      <span>
        {showDay(day)}
        {on && ` · ${on}`}
        {note && <span class="soft"> · {note}</span>}
      </span>
      <strong>{showHours(hours)}</strong>
      <Button look="quiet" small aria-label={`Remove ${showHours(hours)} on ${showDay(day)}`} onClick={remove}>
        <Icon of={Trash2} size="1em" />
      </Button>
    </li>
  );
}
