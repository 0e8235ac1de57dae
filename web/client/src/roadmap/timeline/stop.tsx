/** A step on the timeline: when, what, and its days as a bar on the axis of its milestone. */
import { memo } from "preact/compat";
import { showDayOfYear, showDays, showHours, showMonth } from "../../format/format";
import { LevelMark, StepMarks } from "../marks";
import type { PlanStep } from "../model";
import { placeOf, type ViewProps } from "../views";
import { stretchIn } from "./ticks";
import styles from "./stop.module.css";

interface StopProps extends Pick<ViewProps, "onSelect" | "actions"> {
  step: PlanStep;
  /** The one before it in its milestone. */
  before: PlanStep | undefined;
  /** The days of its milestone. */
  from: string;
  to: string;
  isSelected: boolean;
}

export const Stop = memo(function Stop({ step, before, from, to, isSelected, onSelect, actions }: StopProps) {
  const month = step.startsOn.slice(0, 7);
  const isNewMonth = before?.startsOn.slice(0, 7) !== month;
  const { left, width } = stretchIn({ from, to }, step.startsOn, step.finishesOn);
  return (
    <li class={styles["stop"]} data-state={step.state}>
      <span class={styles["month"]}>{isNewMonth && <time dateTime={month}>{showMonth(step.startsOn)}</time>}</span>
      <span class={styles["rail"]} aria-hidden="true" data-weight={Math.min(3, step.weight)} />
      <div class={styles["card"]}>
        <button type="button" {...placeOf(step.key)} aria-expanded={isSelected} onClick={() => onSelect(isSelected ? undefined : step.key)}>
          <span class={styles["name"]}>
            {step.title} <LevelMark level={step.level} /> <StepMarks step={step} />
          </span>
          <span class={styles["track"]} aria-hidden="true">
            <i
              class={styles["bar"]}
              style={{ left: `${left}%`, width: `${width}%` }}
              data-critical={step.critical || undefined}
              data-deferred={step.deferred || undefined}
              title={showDays(step.startsOn, step.finishesOn)}
            />
          </span>
          <span class={styles["when"]}>
            <strong>{showHours(step.hours)}</strong>{" "}
            <span>{step.startsOn === step.finishesOn ? showDayOfYear(step.startsOn) : `${showDayOfYear(step.startsOn)} – ${showDayOfYear(step.finishesOn)}`}</span>
          </span>
        </button>
        {actions && <div class={styles["actions"]}>{actions(step)}</div>}
      </div>
    </li>
  );
});
