/** What is drawn of the graph: bands for the milestones, lines, and the steps as buttons of which one is in the order of the tab key. */
import type { RefObject } from "preact";
import { memo } from "preact/compat";
import { Check, Minus, Play } from "lucide";
import type { StepState } from "../../api/schema.generated";
import { showCount, showHours, showLevel } from "../../format/format";
import { Icon } from "../../ui/icon";
import { LevelMark, wayColour } from "../marks";
import type { Plan, PlanStep } from "../model";
import { placeOf, type ViewProps } from "../views";
import type { Lit } from "./lit";
import { STEP, type Line, type Placement, type Point } from "./placement";
import styles from "./world.module.css";

interface WorldProps extends Pick<ViewProps, "plan" | "selected" | "onSelect"> {
  world: RefObject<HTMLDivElement | null>;
  placement: Placement;
  lit: Lit | undefined;
  isCriticalShown: boolean;
  /** The step that the tab key comes to. */
  entry: string;
  onFocus: (key: string | undefined) => void;
  onKey: (event: KeyboardEvent, key: string) => void;
}

export function World({ world, plan, placement, lit, isCriticalShown, selected, entry, onSelect, onFocus, onKey }: WorldProps) {
  const { width, height, bands, lines, steps } = placement;
  return (
    <div ref={world} class={styles["world"]} style={{ width, height }} data-lit={lit !== undefined || isCriticalShown || undefined}>
      {bands.map((band) => (
        <div key={band.milestone} class={`${styles["band"]} ${wayColour(band.milestone)}`} style={{ left: band.left, width: band.width }} />
      ))}
      <svg class={styles["lines"]} width={width} height={height} aria-hidden="true">
        {lines.map((line) => (
          <path key={`${line.from} ${line.to}`} d={line.path} data-tone={toneOf(line, plan, lit, isCriticalShown)} />
        ))}
      </svg>
      {plan.steps.map((step) => (
        <Step
          key={step.key}
          step={step}
          milestone={plan.milestones[step.milestone]?.title ?? ""}
          corner={steps.get(step.key)}
          tone={toneOfStep(step, lit, isCriticalShown)}
          isSelected={step.key === selected}
          isEntry={step.key === entry}
          onSelect={onSelect}
          onFocus={onFocus}
          onKey={onKey}
        />
      ))}
    </div>
  );
}

function toneOf({ from, to }: Line, { byKey }: Plan, lit: Lit | undefined, isCriticalShown: boolean): string | undefined {
  if (isCriticalShown && byKey.get(from)?.critical && byKey.get(to)?.critical) return "critical";
  if (!lit) return undefined;
  if (lit.before.has(from) && (to === lit.hand || lit.before.has(to))) return "before";
  if (lit.after.has(to) && (from === lit.hand || lit.after.has(from))) return "after";
  return undefined;
}

function toneOfStep({ key, critical }: PlanStep, lit: Lit | undefined, isCriticalShown: boolean): string | undefined {
  if (lit?.hand === key) return "hand";
  if (lit?.before.has(key)) return "before";
  if (lit?.after.has(key)) return "after";
  return isCriticalShown && critical ? "critical" : undefined;
}

const STATES: Partial<Record<StepState, typeof Check>> = { STARTED: Play, COMPLETED: Check, HELD: Check, SKIPPED: Minus };
const STATE_NAMES: Partial<Record<StepState, string>> = { STARTED: "begun", COMPLETED: "done", HELD: "known", SKIPPED: "skipped" };

interface StepProps extends Pick<WorldProps, "onSelect" | "onFocus" | "onKey"> {
  step: PlanStep;
  milestone: string;
  corner: Point | undefined;
  tone: string | undefined;
  isSelected: boolean;
  isEntry: boolean;
}

/** Drawn anew only where something about it is different: there are hundreds, and the keys go from one to the next. */
const Step = memo(function Step({ step, milestone, corner, tone, isSelected, isEntry, onSelect, onFocus, onKey }: StepProps) {
  const state = step.state && STATES[step.state];
  return (
    <button
      type="button"
      {...placeOf(step.key)}
      class={`${styles["step"]} ${wayColour(step.milestone)}`}
      style={{ left: corner?.x, top: corner?.y, width: STEP.width, height: STEP.height }}
      data-tone={tone}
      data-state={step.state}
      data-deferred={step.deferred || undefined}
      tabIndex={isEntry ? 0 : -1}
      aria-label={described(step, milestone)}
      aria-expanded={isSelected}
      onClick={() => onSelect(isSelected ? undefined : step.key)}
      onFocus={() => onFocus(step.key)}
      onBlur={() => onFocus(undefined)}
      onKeyDown={(event) => onKey(event, step.key)}
    >
      <span class={styles["title"]} data-long={howLong(step.title)}>
        {step.title}
      </span>{" "}
      <span class={styles["facts"]}>
        <LevelMark level={step.level} /> <span>{showHours(step.hours)}</span> {step.critical && <span class={styles["critical"]}>critical</span>}{" "}
        {step.deferred && <span>later</span>} {state && <Icon of={state} size="1em" />}
      </span>
    </button>
  );
});

/** So many letters fit on one line; so many, smaller, on two. */
const [ONE_LINE, TWO_LINES] = [21, 56];

function howLong({ length }: string): string | undefined {
  if (length > TWO_LINES) return "very";
  return length > ONE_LINE ? "rather" : undefined;
}

/** What is written in the step, and what those who see the graph see by where it stands. */
function described(step: PlanStep, milestone: string): string {
  const written = [step.title, showLevel(step.level), showHours(step.hours), step.critical && "critical", step.deferred && "later"];
  const seen = [step.state && STATE_NAMES[step.state], `for ${milestone}`, `needs ${showCount(step.needs.length, "step")}`, `unlocks ${showCount(step.unlocks.length, "step")}`];
  return [written.filter(Boolean).join(" "), ...seen].filter(Boolean).join(", ");
}
