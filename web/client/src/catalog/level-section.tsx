/** One level of a topic: what one can do after it, what it needs and leads to, what teaches it, and the way to it. */
import type { ComponentChildren } from "preact";
import { Route } from "lucide";
import { showCount, showHoursInFull, showLevel } from "../format/format";
import { LEVEL_MEANINGS } from "../format/terms";
import { addressOf } from "../question/use-question";
import { USUAL } from "../question/question";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import type { TopicDetailsQuery } from "./catalog.generated";
import { LevelTag } from "../ui/level-tag";
import { inWords } from "./measures";
import { RequirementList, StepList } from "./step-links";
import { TaughtBy } from "./taught-by";
import styles from "./details.module.css";

type Step = NonNullable<TopicDetailsQuery["topic"]>["steps"][number];

export function LevelSection({ topic, title, step }: { topic: string; title: string; step: Step }) {
  const { level, hours, outcome, practice, requires, recommends, unlocks, coverage, measures } = step;
  const id = `level-${level.toLowerCase()}`;
  return (
    <section class={styles["level"]} aria-labelledby={id}>
      <header class={styles["levelHead"]}>
        <div>
          <h2 id={id}>
            <LevelTag level={level} />
          </h2>
          <p class="soft small">{LEVEL_MEANINGS[level]}</p>
          <p class="soft">
            {showHoursInFull(hours)}
            {requires.some(({ anyOf }) => anyOf[0]?.topic.slug === topic) && " on top of the level below"}
          </p>
        </div>
        <ButtonLink href={addressOf({ ...USUAL, goals: [{ topic, level }] })}>
          <Icon of={Route} /> Plan a way to this
          <span class="hidden-text">
            : {title}, {showLevel(level)}
          </span>
        </ButtonLink>
      </header>
      <p class={styles["outcome"]}>{outcome}</p>
      {practice && (
        <Part title="Practise">
          <p class={styles["practice"]}>{practice}</p>
        </Part>
      )}
      <div class={styles["parts"]}>
        <Part title="Needs first">{requires.length > 0 ? <RequirementList requirements={requires} /> : <p class="soft">Nothing: one can begin with it.</p>}</Part>
        {recommends.length > 0 && (
          <Part title="Easier after">
            <RequirementList requirements={recommends} />
          </Part>
        )}
        <Part title="Leads to">{unlocks.length > 0 ? <StepList steps={unlocks} /> : <p class="soft">Nothing else waits for it.</p>}</Part>
      </div>
      <p class="small soft">{inWords(measures)}</p>
      <Part title={`${showCount(coverage.length, "resource")} that teach${coverage.length === 1 ? "es" : ""} it`}>
        <TaughtBy coverage={coverage} />
      </Part>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class={styles["part"]}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}
