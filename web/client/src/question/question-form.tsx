/** The whole question, part by part. Each part says in its head what it holds, so that closed ones can be read. */
import type { ComponentChildren } from "preact";
import { showCount, showHours, showMoney } from "../format/format";
import { Knows } from "./knows";
import { Ladder } from "./ladder";
import { Pace } from "./pace";
import type { Question } from "./question";
import { ResourceWishes } from "./resource-wishes";
import { Goals, Wishes } from "./wishes";
import styles from "./question-form.module.css";

interface QuestionFormProps {
  question: Question;
  onChange: (change: Partial<Question>, how?: "chosen" | "typed") => void;
}

export function QuestionForm({ question, onChange }: QuestionFormProps) {
  const said = question.skills.length + question.gaps.length;
  const wished = question.prefer.length + question.avoid.length;
  return (
    <form class={styles["form"]} aria-label="Your question" onSubmit={(event) => event.preventDefault()}>
      <Part title="Where you are, where to" open>
        <Ladder from={question.from} to={question.to} onChange={onChange} />
      </Part>
      <Part title="What you know" says={said > 0 ? showCount(said, "correction") : undefined} open>
        <Knows question={question} onChange={onChange} />
      </Part>
      <Part title="Your time" says={`${showHours(question.hoursPerWeek)} a week`} open>
        <Pace question={question} onChange={onChange} />
      </Part>
      <Part title="Languages and stacks" says={wished > 0 ? showCount(wished, "wish", "wishes") : "any"} open={wished > 0}>
        <Wishes question={question} onChange={onChange} />
      </Part>
      <Part title="Goals of your own" says={question.goals.length > 0 ? showCount(question.goals.length, "goal") : "none"} open={question.goals.length > 0}>
        <Goals question={question} onChange={onChange} />
      </Part>
      <Part title="Resources" says={resourcesSaid(question)}>
        <ResourceWishes question={question} onChange={onChange} />
      </Part>
    </form>
  );
}

function resourcesSaid({ freeOnly, budget }: Question): string {
  if (freeOnly) return "free only";
  return budget === undefined ? "any price" : `up to ${showMoney(budget)}`;
}

interface PartProps {
  title: string;
  says?: string | undefined;
  open?: boolean;
  children: ComponentChildren;
}

function Part({ title, says, open = false, children }: PartProps) {
  return (
    <details class={styles["part"]} open={open}>
      <summary>
        <h2>{title}</h2>
        {says && <span class={styles["says"]}>{says}</span>}
      </summary>
      <div class={styles["inside"]}>{children}</div>
    </details>
  );
}
