/** What a step or a role requires: each line is a requirement, and any one of the steps in it satisfies it. */
import { useState } from "preact/hooks";
import { Plus, Trash2 } from "lucide";
import { TopicSearch } from "../question/topic-search";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { RequirementForm } from "./form-values";
import type { FieldErrors } from "./place-errors";
import { StepChip, stepOf } from "./step-field";
import { FieldError, Place } from "./text-field";
import styles from "./editor.module.css";

interface RequirementsFieldProps {
  label: string;
  hint?: string;
  path: string[];
  errors: FieldErrors;
  requirements: RequirementForm[];
  /** Whether each says how much it matters. */
  isWeighted?: boolean;
  onChange: (requirements: RequirementForm[]) => void;
}

export function RequirementsField({ label, hint, path, errors, requirements, isWeighted, onChange }: RequirementsFieldProps) {
  const set = (index: number, next: RequirementForm | undefined) => onChange(requirements.flatMap((one, at) => (at === index ? (next ?? []) : one)));
  return (
    <Place path={path}>
      <fieldset class={styles["requirements"]}>
        <legend>{label}</legend>
        {hint && <p class="soft small">{hint}</p>}
        {requirements.length > 0 && (
          <ul role="list">
            {requirements.map((requirement, index) => (
              // The order is theirs alone: there is nothing else to tell them by.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index} data-field={[...path, index].join(".")}>
                <Row
                  requirement={requirement}
                  isWrong={(at) => errors.under(...path, String(index), "anyOf", String(at)) !== undefined}
                  isWeighted={isWeighted}
                  onChange={(next) => set(index, next.anyOf.length > 0 ? next : undefined)}
                  onRemove={() => set(index, undefined)}
                />
                <FieldError error={errors.under(...path, String(index))} />
              </li>
            ))}
          </ul>
        )}
        <FieldError error={errors.at(...path)} />
        <TopicSearch label={`${label}: add a topic`} isLabelHidden placeholder="Add a topic…" onPick={(topic) => onChange([...requirements, { anyOf: [stepOf(topic)], weight: 1 }])} />
      </fieldset>
    </Place>
  );
}

interface RowProps {
  requirement: RequirementForm;
  isWrong: (index: number) => boolean;
  isWeighted: boolean | undefined;
  onChange: (requirement: RequirementForm) => void;
  onRemove: () => void;
}

const WEIGHTS = [
  { value: 3, label: "Matters most" },
  { value: 2, label: "Matters much" },
  { value: 1, label: "Belongs to it" },
];

function Row({ requirement, isWrong, isWeighted, onChange, onRemove }: RowProps) {
  const [isAdding, setAdding] = useState(false);
  const { anyOf, weight } = requirement;
  const name = anyOf.map(({ title }) => title).join(" or ");
  return (
    <div class={styles["requirement"]}>
      {anyOf.map((step, index) => (
        // A topic may be there at two levels, and a level may be changed.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={`${step.topic} ${index}`} class={styles["alternative"]}>
          {index > 0 && <span class="soft small">or</span>}
          <StepChip
            step={step}
            isWrong={isWrong(index)}
            onChange={(next) => onChange({ ...requirement, anyOf: anyOf.with(index, next) })}
            onRemove={() => onChange({ ...requirement, anyOf: anyOf.filter((_, at) => at !== index) })}
          />
        </span>
      ))}
      <Button look="quiet" small aria-expanded={isAdding} aria-label={`${name}, or another`} onClick={() => setAdding(!isAdding)}>
        <Icon of={Plus} size="1em" /> or…
      </Button>
      <span class={styles["end"]}>
        {isWeighted && (
          <select aria-label={`How much it matters: ${name}`} value={weight} onChange={(event) => onChange({ ...requirement, weight: Number(event.currentTarget.value) })}>
            {WEIGHTS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
        <Button look="quiet" small aria-label={`Take the requirement away: ${name}`} onClick={onRemove}>
          <Icon of={Trash2} size="1em" />
        </Button>
      </span>
      {isAdding && (
        <div class={styles["adding"]}>
          <TopicSearch
            label={`Instead of ${name}, also`}
            placeholder="A topic…"
            onPick={(topic) => {
              setAdding(false);
              onChange({ ...requirement, anyOf: [...anyOf, stepOf(topic)] });
            }}
          />
        </div>
      )}
    </div>
  );
}
