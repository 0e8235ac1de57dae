/** All steps on one line, each as long as it takes, with the days of arrival: the whole way at a glance. */
import { Flag } from "lucide";
import { showDay, showMonth } from "../../format/format";
import { Icon } from "../../ui/icon";
import { wayColour } from "../marks";
import type { Plan } from "../model";
import { stretchesOf } from "./stretches";
import { besideDay, isWithin, placeIn, stretchIn, ticksOf } from "./ticks";
import styles from "./scale.module.css";

const MOST_TICKS = 8;
/** What is further, in per cent, has no room for its name. */
const LAST_TICK = 93;
/** What is further has no room for more words than a year has. */
const ROOM_AFTER = 80;
/** Of the whole, in per cent: what is narrower has no room for words. */
const ROOM_FOR_WORDS = 14;

export function Scale({ plan, selected, today }: { plan: Plan; selected: string | undefined; today: string }) {
  const span = { from: plan.startsOn, to: plan.finishesOn };
  const lastDay = plan.fits || plan.finishBy === null || !isWithin(span, plan.finishBy) || placeIn(span, plan.finishBy) > ROOM_AFTER ? undefined : plan.finishBy;
  const marked = [today, ...(lastDay ? [lastDay] : [])];
  const ticks = marked.reduce((left, day) => besideDay(left, span, day), ticksOf(span, MOST_TICKS)).filter((day) => placeIn(span, day) < LAST_TICK);
  const areYears = ticks.every((day) => day.slice(5) === "01-01");
  const isTodayShown = isWithin(span, today) && (lastDay === undefined || besideDay([today], span, lastDay).length > 0);
  return (
    <figure class={styles["scale"]}>
      <figcaption class="hidden-text">
        From {showDay(plan.startsOn)} to {showDay(plan.finishesOn)}, to scale
      </figcaption>
      <ol role="list" class={styles["stretches"]}>
        {stretchesOf(plan.steps).map(({ key, milestone, isLater, isLast, startsOn, finishesOn, steps }) => {
          const { left, width } = stretchIn(span, startsOn, finishesOn);
          const title = `${plan.milestones[milestone]?.title ?? ""}${isLater ? ", later" : ""}`;
          return (
            <li key={key} class={wayColour(milestone)} style={{ left: `${left}%`, width: `${width}%` }}>
              <a href={`#stretch-${milestone}`} class={styles["stretch"]} title={`${title}, ${showDay(finishesOn)}`} data-narrow={width < ROOM_FOR_WORDS || undefined}>
                <span class={styles["name"]}>{title}</span>
                <span class={styles["slices"]} aria-hidden="true">
                  {steps.map((step) => (
                    <i
                      key={step.key}
                      style={{ flexGrow: step.hours }}
                      data-critical={step.critical || undefined}
                      data-deferred={step.deferred || undefined}
                      data-selected={step.key === selected || undefined}
                    />
                  ))}
                </span>
                {isLast && (
                  <time dateTime={finishesOn}>
                    <Icon of={Flag} size="0.9em" /> {showDay(finishesOn)}
                  </time>
                )}
              </a>
            </li>
          );
        })}
      </ol>
      <div class={styles["axis"]} aria-hidden="true">
        {ticks.map((day) => (
          <span key={day} style={{ left: `${placeIn(span, day)}%` }}>
            {areYears ? day.slice(0, 4) : showMonth(day)}
          </span>
        ))}
        {lastDay && (
          <span class={styles["lastDay"]} style={{ left: `${placeIn(span, lastDay)}%` }}>
            Your last day
          </span>
        )}
        {isTodayShown && (
          <span class={styles["today"]} style={{ left: `${placeIn(span, today)}%` }}>
            Today
          </span>
        )}
      </div>
      <ul role="list" class={styles["legend"]}>
        <li data-sign="critical">on the longest chain</li>
        {plan.steps.some(({ deferred }) => deferred) && <li data-sign="deferred">left for later</li>}
      </ul>
    </figure>
  );
}
