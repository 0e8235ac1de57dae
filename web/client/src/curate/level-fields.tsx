/** One level of a topic that is edited, or that goes. */
import { Trash2, Undo2 } from "lucide";
import type { Proficiency } from "../api/schema.generated";
import { LevelTag } from "../ui/level-tag";
import { showLevel } from "../format/format";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { FieldErrors } from "./place-errors";
import { RequirementsField } from "./requirements-field";
import { StepField } from "./step-field";
import { FieldError, Place, TextField } from "./text-field";
import type { LevelForm } from "./topic-form";
import styles from "./editor.module.css";

interface LevelFieldsProps {
  level: Proficiency;
  form: LevelForm;
  errors: FieldErrors;
  /** Whether the topic has a lower level. */
  isOnTop: boolean;
  isNewTopic: boolean;
  onChange: (form: LevelForm | undefined) => void;
}

export function LevelFields({ level, form, errors, isOnTop, isNewTopic, onChange }: LevelFieldsProps) {
  const path = (field: string) => ["levels", level, field];
  const id = `edit-${level.toLowerCase()}`;
  if (form.retire) return <Retired level={level} form={form} errors={errors} onChange={onChange} />;
  const remove = () => onChange(isNewTopic || form.isNew ? undefined : { ...form, retire: { replacement: null } });
  return (
    <Place path={["levels", level]}>
      <section class={styles["level"]} aria-labelledby={id}>
        <header class={styles["levelHead"]}>
          <h2 id={id}>
            <LevelTag level={level} />
          </h2>
          <Button look="quiet" small onClick={remove}>
            <Icon of={Trash2} size="1em" /> {isNewTopic || form.isNew ? "Leave out" : "Retire this level"}
          </Button>
        </header>
        <FieldError error={errors.at("levels", level)} />
        <TextField
          label="Hours"
          hint={isOnTop ? "The whole effort of this level alone, study and practice, on top of the level below." : "The whole effort of this level, study and practice."}
          path={path("hours")}
          errors={errors}
          kind="number"
          value={form.hours}
          onInput={(hours) => onChange({ ...form, hours })}
        />
        <TextField
          label="Outcome"
          hint="What somebody who holds it can be seen to do."
          path={path("outcome")}
          errors={errors}
          rows={2}
          value={form.outcome}
          onInput={(outcome) => onChange({ ...form, outcome })}
        />
        <TextField
          label="Practice"
          hint="Something to build, change or decide, in one to four sentences, and how to tell that it worked."
          path={path("practice")}
          errors={errors}
          rows={3}
          value={form.practice}
          onInput={(practice) => onChange({ ...form, practice })}
        />
        <RequirementsField
          label="Needs first"
          hint={isOnTop ? "All of these, beside the level below, which goes without saying." : "All of these; of alternatives, any one."}
          path={path("requires")}
          errors={errors}
          requirements={form.requires}
          onChange={(requires) => onChange({ ...form, requires })}
        />
        <RequirementsField
          label="Easier after"
          hint="Good to have first, never forced."
          path={path("recommends")}
          errors={errors}
          requirements={form.recommends}
          onChange={(recommends) => onChange({ ...form, recommends })}
        />
      </section>
    </Place>
  );
}

function Retired({ level, form, errors, onChange }: Pick<LevelFieldsProps, "level" | "form" | "errors" | "onChange">) {
  const { retire, ...stays } = form;
  return (
    <Place path={["levels", level]}>
      <section class={styles["level"]} aria-label={`${showLevel(level)}, to be retired`}>
        <header class={styles["levelHead"]}>
          <p>
            <s>
              <LevelTag level={level} />
            </s>{" "}
            goes with the next save.
          </p>
          <Button look="quiet" small onClick={() => onChange(stays)}>
            <Icon of={Undo2} size="1em" /> Keep it
          </Button>
        </header>
        <FieldError error={errors.under("levels", level)} />
        <StepField
          label="What takes its place, where others refer to it"
          step={retire?.replacement ?? null}
          onChange={(replacement) => onChange({ ...stays, retire: { replacement } })}
        />
      </section>
    </Place>
  );
}
