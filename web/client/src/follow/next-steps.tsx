/** What to learn now: what has been begun, then what waits for nothing. */
import { stepName } from "../question/question";
import { showHours } from "../format/format";
import { LevelMark } from "../roadmap/marks";
import type { Plan } from "../roadmap/model";
import type { Saved } from "./saved-plan";
import { StepActions } from "./step-actions";
import styles from "./follow.module.css";

/** So many at once are enough. */
const SHOWN = 3;

export function NextSteps({ saved, plan }: { saved: Saved; plan: Plan }) {
  const isLeft = (key: string) => ["OPEN", "STARTED"].includes(plan.byKey.get(key)?.state ?? "");
  // What was done here just now gives way at once to what comes after it.
  const ready = plan.steps.filter((step) => isLeft(step.key) && step.needs.every((needed) => !isLeft(needed))).map(({ key }) => key);
  const begun = plan.steps.filter(({ state }) => state === "STARTED").map(({ key }) => key);
  const told = saved.next.map(stepName).filter(isLeft);
  const keys = [...new Set([...begun, ...told, ...ready])].slice(0, SHOWN);
  return (
    <section class={styles["card"]} aria-labelledby="next">
      <h2 id="next">What is next</h2>
      {keys.length === 0 && <p>All is done. You have arrived.</p>}
      <ol role="list" class={styles["next"]}>
        {keys.flatMap((key) => {
          const step = plan.byKey.get(key);
          if (!step) return [];
          return [
            <li key={key}>
              <h3>
                {step.title} <LevelMark level={step.level} /> <span class="soft small">{showHours(step.hours)}</span>
              </h3>
              <p>{step.outcome}</p>
              <div class={styles["actions"]}>
                <StepActions roadmap={saved.id} step={step} />
              </div>
            </li>,
          ];
        })}
      </ol>
    </section>
  );
}
