/** Steps as links, and requirements: where any one of several is enough, that is said. */
import { showCount } from "../format/format";
import { keyOf } from "../roadmap/names";
import type { NamedFragment } from "../roadmap/names.generated";
import { LevelTag } from "../ui/level-tag";
import styles from "./step-links.module.css";

export function StepLink({ step }: { step: NamedFragment }) {
  return (
    <a href={`/topics/${step.topic.slug}`} class={styles["step"]}>
      {step.topic.title} <LevelTag level={step.level} />
    </a>
  );
}

export function RequirementList({ requirements }: { requirements: readonly { anyOf: readonly NamedFragment[] }[] }) {
  return (
    <ul role="list" class={styles["requirements"]}>
      {requirements.map(({ anyOf }) => (
        <li key={anyOf.map(keyOf).join()} class={anyOf.length > 1 ? styles["several"] : undefined}>
          {anyOf.length > 1 && <span class={styles["oneOf"]}>One of</span>}
          {anyOf.map((step, index) => (
            <span key={keyOf(step)}>
              {index > 0 && <span class={styles["or"]}>or </span>}
              <StepLink step={step} />
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

const SHOWN = 8;

/** Many steps, of which some are shown at first. */
export function StepList({ steps }: { steps: readonly NamedFragment[] }) {
  const list = (some: readonly NamedFragment[]) => (
    <ul role="list" class={styles["requirements"]}>
      {some.map((step) => (
        <li key={keyOf(step)}>
          <StepLink step={step} />
        </li>
      ))}
    </ul>
  );
  if (steps.length <= SHOWN + 2) return list(steps);
  return (
    <>
      {list(steps.slice(0, SHOWN))}
      <details class={styles["rest"]}>
        <summary>{showCount(steps.length - SHOWN, "more step")}</summary>
        {list(steps.slice(SHOWN))}
      </details>
    </>
  );
}
