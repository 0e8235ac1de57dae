/** A step's name, which opens its details if it is on the roadmap, or why it is assumed. */
import type { Proficiency } from "../api/schema.generated";
import { showStep } from "../format/format";
import { stepName } from "../question/question";
import type { ViewProps } from "./views";
import styles from "./step-link.module.css";

interface StepLinkProps extends Pick<ViewProps, "plan" | "onSelect"> {
  step: { topic: string; level: Proficiency; title: string };
}

export function StepLink({ plan, onSelect, step }: StepLinkProps) {
  const key = stepName(step);
  const name = showStep(step.title, step.level);
  const isThere = plan.byKey.has(key) || plan.assumed.some(({ keys }) => keys.includes(key));
  if (!isThere) return <span>{name}</span>;
  return (
    <button type="button" class={styles["link"]} onClick={() => onSelect(key)}>
      {name}
    </button>
  );
}
