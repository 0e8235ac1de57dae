/** A step: its topic found as one types, its level chosen of those that the topic has. */
import { X } from "lucide";
import type { Proficiency } from "../api/schema.generated";
import { LEVELS, showLevel } from "../format/format";
import { TopicSearch, type FoundTopic } from "../question/topic-search";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { StepRef } from "./form-values";
import styles from "./editor.module.css";

/** A topic that was found, at the level that one means as a rule. */
export function stepOf({ value, label, levels }: FoundTopic): StepRef {
  const usual = levels.includes("WORKING") ? "WORKING" : (levels[0] ?? "WORKING");
  return { topic: value, title: label, levels, level: usual };
}

interface StepChipProps {
  step: StepRef;
  isWrong?: boolean;
  onChange: (step: StepRef) => void;
  /** Where it can be taken away by itself. */
  onRemove?: () => void;
}

export function StepChip({ step, isWrong, onChange, onRemove }: StepChipProps) {
  // A level that has gone is still to be seen.
  const levels = LEVELS.filter((level) => step.levels.includes(level) || level === step.level);
  return (
    <span class={styles["chip"]} data-wrong={isWrong || undefined}>
      <a href={`/topics/${step.topic}`} target="_blank" rel="noopener">
        {step.title}
      </a>
      <select
        aria-label={`Level of ${step.title}`}
        value={step.level}
        onChange={(event) => onChange({ ...step, level: event.currentTarget.value as Proficiency })}
      >
        {levels.map((level) => (
          <option key={level} value={level}>
            {showLevel(level)}
          </option>
        ))}
      </select>
      {onRemove && (
        <Button look="quiet" small aria-label={`Take away ${step.title}`} onClick={onRemove}>
          <Icon of={X} size="1em" />
        </Button>
      )}
    </span>
  );
}

interface StepFieldProps {
  label: string;
  step: StepRef | null;
  onChange: (step: StepRef | null) => void;
}

export function StepField({ label, step, onChange }: StepFieldProps) {
  if (!step) return <TopicSearch label={label} placeholder="A topic…" onPick={(topic) => onChange(stepOf(topic))} />;
  return (
    <fieldset class={styles["chips"]}>
      <legend>{label}</legend>
      <StepChip step={step} onChange={onChange} onRemove={() => onChange(null)} />
    </fieldset>
  );
}
