/** The steps as a list, in order, milestone by milestone; what is typed into its field is looked for in it. */
import { memo } from "preact/compat";
import { useMemo, useState } from "preact/hooks";
import { showCount, showDays, showHours } from "../format/format";
import { Field } from "../ui/field";
import { Glossary } from "../ui/glossary";
import { Empty } from "../ui/note";
import { LevelMark, SIGNS, StepMarks, wayColour } from "./marks";
import type { PlanStep } from "./model";
import { placeOf, type ViewProps } from "./views";
import styles from "./step-list.module.css";

export function StepList({ plan, selected, onSelect, actions }: ViewProps) {
  const [text, setText] = useState("");
  const found = useMemo(() => finder(text), [text]);
  const milestones = plan.milestones.map((milestone) => ({ ...milestone, steps: milestone.steps.filter(found) })).filter(({ steps }) => steps.length > 0);
  const count = milestones.reduce((sum, { steps }) => sum + steps.length, 0);
  return (
    <div class={styles["list"]}>
      <div class={styles["find"]}>
        <Field label="Find a step">{(tied) => <input {...tied} type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />}</Field>
        <p role="status" class="soft small">
          {text.trim() !== "" && `${showCount(count, "step")} of ${plan.steps.length}`}
        </p>
      </div>
      <Glossary words={SIGNS} />
      {milestones.length === 0 && <Empty title={text.trim() === "" ? "Nothing is left to learn." : "No step of the roadmap has these words."} />}
      {milestones.map((milestone) => (
        <section key={milestone.index} id={`milestone-${milestone.index}`} class={`${styles["milestone"]} ${wayColour(milestone.index)}`} aria-labelledby={`list-${milestone.index}`}>
          <header>
            <h2 id={`list-${milestone.index}`}>{milestone.title}</h2>
            <p class="soft small">
              {showCount(milestone.steps.length, "step")}, {showHours(milestone.hours)}, {showDays(milestone.startsOn, milestone.arrivesOn)}
            </p>
          </header>
          <ol role="list">
            {milestone.steps.map((step) => (
              <Row key={step.key} step={step} isSelected={step.key === selected} onSelect={onSelect} actions={actions} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

interface RowProps extends Pick<ViewProps, "onSelect" | "actions"> {
  step: PlanStep;
  isSelected: boolean;
}

const Row = memo(function Row({ step, isSelected, onSelect, actions }: RowProps) {
  const isDone = step.state === "COMPLETED" || step.state === "HELD" || step.state === "SKIPPED";
  return (
    <li class={`${styles["row"]} ${isDone ? styles["done"] : ""}`}>
      <span class={styles["position"]} aria-hidden="true">
        {step.position}
      </span>
      <div class={styles["what"]}>
        <button type="button" {...placeOf(step.key)} class={styles["title"]} aria-expanded={isSelected} onClick={() => onSelect(isSelected ? undefined : step.key)}>
          {step.title} <LevelMark level={step.level} />
        </button>
        <p class={styles["outcome"]}>{step.outcome}</p>
        <StepMarks step={step} />
      </div>
      <div class={styles["when"]}>
        <strong>{showHours(step.hours)}</strong>
        <span>{showDays(step.startsOn, step.finishesOn)}</span>
      </div>
      {actions && <div class={styles["actions"]}>{actions(step)}</div>}
    </li>
  );
});

/** Whether a step has all the words of a text. */
function finder(text: string): (step: PlanStep) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ title, area, outcome, level }) => {
    const said = `${title} ${area} ${outcome} ${level}`.toLowerCase();
    return words.every((word) => said.includes(word));
  };
}
