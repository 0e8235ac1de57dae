/** What to learn now, whichever roadmap it is for. */
import { Clock } from "lucide";
import { waiting } from "../api/outbox";
import { useStore } from "../api/store";
import { showHours, showList } from "../format/format";
import { printStep } from "../question/address";
import { LevelMark } from "../roadmap/marks";
import { Icon } from "../ui/icon";
import { nextAcross, type Across } from "./across";
import { aheadOf, type Waiting } from "./optimistic";
import type { MyRoadmapsQuery } from "./saved.generated";
import { StepActions } from "./step-actions";
import styles from "./follow.module.css";

type Mine = NonNullable<MyRoadmapsQuery["viewer"]>["roadmaps"]["nodes"][number];

/** So many at once are enough. */
const SHOWN = 3;

export function NextOfAll({ roadmaps }: { roadmaps: Mine[] }) {
  const entries = useStore(waiting);
  const ahead = roadmaps.map(({ id, title, next }) => ({ id, title, next: aheadOf(next, entries, id).filter(({ state }) => state === "OPEN" || state === "STARTED") }));
  const steps = nextAcross(ahead, SHOWN);
  if (steps.length === 0) return null;
  return (
    <section class={styles["card"]} aria-labelledby="next">
      <h2 id="next">What is next</h2>
      <ol role="list" class={`${styles["next"]} ${styles["abreast"]}`}>
        {steps.map((one) => (
          <NextOne key={one.key} one={one} isOnlyOne={roadmaps.length === 1} />
        ))}
      </ol>
    </section>
  );
}

interface NextOneProps {
  one: Across<Mine["next"][number] & Waiting>;
  /** Whether there is one roadmap, which need not be named. */
  isOnlyOne: boolean;
}

function NextOne({ one: { step, roadmaps }, isOnlyOne }: NextOneProps) {
  const [first] = roadmaps;
  if (!first) return null;
  const title = step.step?.topic.title ?? step.topic;
  return (
    <li>
      <h3>
        <a href={`/my/${encodeURIComponent(first.id)}?step=${printStep(step)}`}>{title}</a> <LevelMark level={step.level} /> <span class="soft small">{showHours(step.hours)}</span>
      </h3>
      {step.step && <p>{step.step.outcome}</p>}
      {step.isWaiting && (
        <p>
          <span class={styles["badge"]}>
            <Icon of={Clock} size="0.95em" /> waiting to be sent
          </span>
        </p>
      )}
      <div class={styles["actions"]}>
        <StepActions roadmap={first.id} step={{ topic: step.topic, level: step.level, title, state: step.state }} withoutSkip />
      </div>
      {!isOnlyOne && <p class="small">For {showList(roadmaps.map((roadmap) => `“${roadmap.title}”`))}</p>}
    </li>
  );
}
