/** What a resource teaches: a row for each step, with the hours that it takes by this resource, and which part of it. */
import { Trash2 } from "lucide";
import { TopicSearch } from "../question/topic-search";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { FieldErrors } from "./place-errors";
import type { CoverageForm } from "./resource-form";
import { StepChip, stepOf } from "./step-field";
import { ChoiceField, FieldError, Place, TextField } from "./text-field";
import styles from "./editor.module.css";

interface CoversFieldProps {
  covers: CoverageForm[];
  errors: FieldErrors;
  onChange: (covers: CoverageForm[]) => void;
}

/** How far it alone brings a learner to what the step is for. */
const FITS = [
  { value: "5", label: "5, all that it needs" },
  { value: "4", label: "4, most of it" },
  { value: "3", label: "3, a good part" },
  { value: "2", label: "2, a beginning" },
  { value: "1", label: "1, a pointer" },
];

export function CoversField({ covers, errors, onChange }: CoversFieldProps) {
  const set = (index: number, change: Partial<CoverageForm>) => onChange(covers.map((one, at) => (at === index ? { ...one, ...change } : one)));
  const remove = (index: number) => onChange(covers.filter((_, at) => at !== index));
  return (
    <Place path={["covers"]}>
      <section class={styles["level"]} aria-labelledby="edit-covers">
        <h2 id="edit-covers">What it teaches</h2>
        <FieldError error={errors.at("covers")} />
        <ul role="list" class={styles["covers"]}>
          {covers.map(({ step, hours, fit, section }, index) => {
            const path = (...rest: string[]) => ["covers", String(index), ...rest];
            return (
              // oxlint-disable-next-line react/no-array-index-key -- one step may be taught by several parts
              <li key={index}>
                <Place path={path("step")}>
                  <fieldset class={styles["chips"]}>
                    <legend>Step</legend>
                    <StepChip step={step} isWrong={errors.under(...path("step")) !== undefined} onChange={(next) => set(index, { step: next })} />
                    <FieldError error={errors.under(...path("step")) ?? errors.at(...path())} />
                  </fieldset>
                </Place>
                <TextField label="Hours" path={path("hours")} errors={errors} kind="number" value={hours} onInput={(hours) => set(index, { hours })} />
                <ChoiceField label="Fit" path={path("fit")} errors={errors} value={fit} options={FITS} onChange={(fit) => set(index, { fit })} />
                <TextField label="Part" path={path("section")} errors={errors} value={section} onInput={(section) => set(index, { section })} />
                <Button look="quiet" aria-label={`Take away ${step.title}`} onClick={() => remove(index)}>
                  <Icon of={Trash2} />
                </Button>
              </li>
            );
          })}
        </ul>
        <TopicSearch label="Add a topic that it teaches" placeholder="A topic…" onPick={(topic) => onChange([...covers, { step: stepOf(topic), hours: "", fit: "3", section: "" }])} />
      </section>
    </Place>
  );
}
