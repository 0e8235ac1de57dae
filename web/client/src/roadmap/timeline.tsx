/** The way as time goes: on top the whole of it, to scale; below its steps, month by month. */
import { memo } from "preact/compat";
import { Flag } from "lucide";
import { daysBetween, showDay, showDayOfYear, showHours, showMonth } from "../format/format";
import { Icon } from "../ui/icon";
import { Empty } from "../ui/note";
import { LevelMark, StepMarks, wayColour } from "./marks";
import type { Plan, PlanMilestone, PlanStep } from "./model";
import { placeOf, type ViewProps } from "./views";
import styles from "./timeline.module.css";

export function Timeline({ plan, selected, onSelect, actions }: ViewProps) {
  if (plan.steps.length === 0) return <Empty title="Nothing is left to learn.">You know all that it takes.</Empty>;
  return (
    <div class={styles["timeline"]}>
      <Scale plan={plan} selected={selected} />
      {plan.milestones.map((milestone) => (
        <Stretch key={milestone.index} milestone={milestone} selected={selected} onSelect={onSelect} actions={actions} />
      ))}
    </div>
  );
}

/** All steps on one line, each as long as it takes, with the days of arrival. */
function Scale({ plan, selected }: { plan: Plan; selected: string | undefined }) {
  const days = Math.max(1, daysBetween(plan.startsOn, plan.finishesOn));
  const at = (day: string) => `${(100 * daysBetween(plan.startsOn, day)) / days}%`;
  return (
    <figure class={styles["scale"]}>
      <figcaption class="hidden-text">
        From {showDay(plan.startsOn)} to {showDay(plan.finishesOn)}, to scale
      </figcaption>
      <ol role="list" class={styles["stretches"]} style={{ gridTemplateColumns: plan.milestones.map(({ hours }) => `${hours}fr`).join(" ") }}>
        {plan.milestones.map((milestone) => (
          <li key={milestone.index} class={wayColour(milestone.index)}>
            <a href={`#stretch-${milestone.index}`} class={styles["stretch"]}>
              <span>{milestone.title}</span>
              <span class={styles["slices"]} aria-hidden="true" style={{ gridTemplateColumns: milestone.steps.map(({ hours }) => `${hours}fr`).join(" ") }}>
                {milestone.steps.map((step) => (
                  <i key={step.key} data-critical={step.critical || undefined} data-deferred={step.deferred || undefined} data-selected={step.key === selected || undefined} />
                ))}
              </span>
              <time dateTime={milestone.arrivesOn}>
                <Icon of={Flag} size="0.9em" /> {showDay(milestone.arrivesOn)}
              </time>
            </a>
          </li>
        ))}
      </ol>
      <div class={styles["years"]} aria-hidden="true">
        {yearsOf(plan).map((year) => (
          <span key={year} style={{ left: at(`${year}-01-01`) }}>
            {year}
          </span>
        ))}
      </div>
    </figure>
  );
}

/** The years that begin on the way; every so many where there are many. */
function yearsOf({ startsOn, finishesOn }: Plan): number[] {
  const [first, last] = [Number(startsOn.slice(0, 4)) + 1, Number(finishesOn.slice(0, 4))];
  const every = Math.ceil((last - first + 1) / 10);
  const count = Math.max(0, Math.ceil((last - first + 1) / every));
  const years = Array.from({ length: count }, (_, index) => first + index * every);
  // One that begins at the very end has no room for its name.
  const days = daysBetween(startsOn, finishesOn);
  return years.filter((year) => daysBetween(startsOn, `${year}-01-01`) < days * 0.93);
}

interface StretchProps extends Pick<ViewProps, "selected" | "onSelect" | "actions"> {
  milestone: PlanMilestone;
}

function Stretch({ milestone, selected, onSelect, actions }: StretchProps) {
  return (
    <section id={`stretch-${milestone.index}`} class={`${styles["milestone"]} ${wayColour(milestone.index)}`} aria-labelledby={`way-${milestone.index}`}>
      <header>
        <h2 id={`way-${milestone.index}`}>{milestone.title}</h2>
        <p class="soft small">
          {showHours(milestone.hours)}, from {showDay(milestone.startsOn)}
        </p>
      </header>
      <ol role="list">
        {milestone.steps.map((step, index) => (
          <Stop key={step.key} step={step} before={milestone.steps[index - 1]} isSelected={step.key === selected} onSelect={onSelect} actions={actions} />
        ))}
        <li class={styles["arrival"]}>
          <Icon of={Flag} />
          <p>
            <strong>{milestone.title}</strong>, <time dateTime={milestone.arrivesOn}>{showDay(milestone.arrivesOn)}</time>
          </p>
        </li>
      </ol>
    </section>
  );
}

interface StopProps extends Pick<ViewProps, "onSelect" | "actions"> {
  step: PlanStep;
  /** The one before it in its milestone. */
  before: PlanStep | undefined;
  isSelected: boolean;
}

const Stop = memo(function Stop({ step, before, isSelected, onSelect, actions }: StopProps) {
  const month = step.startsOn.slice(0, 7);
  const isNewMonth = before?.startsOn.slice(0, 7) !== month;
  return (
    <li class={styles["stop"]} data-state={step.state}>
      <span class={styles["month"]}>{isNewMonth && <time dateTime={month}>{showMonth(step.startsOn)}</time>}</span>
      <span class={styles["rail"]} aria-hidden="true" data-weight={Math.min(3, step.weight)} />
      <div class={styles["card"]}>
        <button type="button" {...placeOf(step.key)} aria-expanded={isSelected} onClick={() => onSelect(isSelected ? undefined : step.key)}>
          <span class={styles["name"]}>
            {step.title} <LevelMark level={step.level} />
          </span>
          <span class={styles["when"]}>
            {showHours(step.hours)} · {showDayOfYear(step.startsOn)} – {showDayOfYear(step.finishesOn)}
          </span>
          <StepMarks step={step} />
        </button>
        {actions && <div class={styles["actions"]}>{actions(step)}</div>}
      </div>
    </li>
  );
});
