/** All that there is to say about one step: what it is good for, when, why it is here, what it waits for, and what it is learned from. */
import type { ComponentChildren } from "preact";
import { showCount, showDays, showHoursInFull, showLevel } from "../format/format";
import { LEVEL_MEANINGS } from "../format/terms";
import type { StepDetailFragment } from "./details.generated";
import { LevelMark, StepMarks, wayColour } from "./marks";
import type { PlanStep } from "./model";
import { keyOf } from "./names";
import { Division, Practice } from "./practice";
import { Reasons } from "./reasons";
import { StepLink } from "./step-link";
import { Teaching } from "./teaching";
import type { ViewProps } from "./views";
import styles from "./step-details.module.css";

interface StepDetailsProps extends Pick<ViewProps, "plan" | "onSelect" | "actions"> {
  step: PlanStep;
  /** What takes further searches: reasons, resources. Not there while it is on its way, and where the roadmap can't be computed any more. */
  details?: StepDetailFragment | undefined;
  /** What is said while `details` are not there: that they are coming, or why not. */
  waiting?: ComponentChildren;
}

export function StepDetails({ plan, step, details, waiting, onSelect, actions }: StepDetailsProps) {
  const given = { plan, onSelect };
  return (
    <div class={styles["details"]}>
      <p class={styles["marks"]}>
        <LevelMark level={step.level} /> <span class="soft small">{step.area}</span> <StepMarks step={step} explained />
      </p>
      <p class="soft small">
        {showLevel(step.level)}: {LEVEL_MEANINGS[step.level]}
      </p>
      <p class={styles["outcome"]}>
        <span class={styles["label"]}>Once you have learned it, you are someone who</span> {continued(step.outcome)}
      </p>
      <Facts plan={plan} step={step} details={details} />
      {actions && <div class={styles["actions"]}>{actions(step)}</div>}
      {!details && waiting}
      {details && <Resources details={details} hours={step.hours} />}
      {details && <Practice details={details} />}
      {details && <Reasons details={details} {...given} />}
      <Links title="Needs first" none="Nothing else on this roadmap: it can be begun at once." keys={step.needs} {...given} />
      {details && <TakenAsKnown details={details} {...given} />}
      <Links title="Unlocks" none="Nothing further on this roadmap." keys={step.unlocks} {...given} />
      <p>
        <a href={`/topics/${step.topic}`}>{step.title} in the catalogue</a>
      </p>
    </div>
  );
}

/** Outcomes are sentences without their subject: "Writes …". */
const continued = (text: string) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

function Facts({ plan, step, details }: Pick<StepDetailsProps, "plan" | "step" | "details">) {
  return (
    <dl class={styles["facts"]}>
      <div>
        <dt>Takes</dt>
        <dd>
          <span>{showHoursInFull(step.hours)}</span>
          {details && <Division details={details} />}
        </dd>
      </div>
      <div>
        <dt>When</dt>
        <dd>
          {step.deferred && "left for later: after your last day, "}
          {showDays(step.startsOn, step.finishesOn)}
        </dd>
      </div>
      <div>
        <dt>For</dt>
        <dd class={wayColour(step.milestone)}>
          <span class={styles["way"]}>{plan.milestones[step.milestone]?.title}</span>
        </dd>
      </div>
      <div>
        <dt>Can wait</dt>
        <dd>{step.critical ? "no: it is on the longest chain of steps that need each other" : `${showHoursInFull(step.slackHours)} of other learning, before the longest chain grows`}</dd>
      </div>
    </dl>
  );
}

interface LinksProps extends Pick<ViewProps, "plan" | "onSelect"> {
  title: string;
  none: string;
  keys: string[];
}

function Links({ title, none, keys, ...given }: LinksProps) {
  const steps = keys.flatMap((key) => given.plan.byKey.get(key) ?? []);
  return (
    <section>
      <h3>{title}</h3>
      {steps.length === 0 && <p class="soft">{none}</p>}
      <ul role="list" class={styles["links"]}>
        {steps.map((step) => (
          <li key={step.key}>
            <StepLink step={step} {...given} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What it takes and the roadmap does not teach, since it is assumed. */
function TakenAsKnown({ details, plan, onSelect }: Pick<StepDetailsProps, "plan" | "onSelect"> & { details: StepDetailFragment }) {
  const assumed = new Set(plan.assumed.flatMap(({ keys }) => keys));
  const steps = details.step.requires.flatMap(({ anyOf }) => anyOf.find((one) => assumed.has(keyOf(one))) ?? []);
  if (steps.length === 0) return null;
  return (
    <section>
      <h3>Assumed to be known</h3>
      <ul role="list" class={styles["links"]}>
        {steps.map(({ topic, level }) => (
          <li key={topic.slug}>
            <StepLink step={{ topic: topic.slug, title: topic.title, level }} plan={plan} onSelect={onSelect} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Resources({ details, hours }: { details: StepDetailFragment; hours: number }) {
  const picked = details.coverage;
  const others = details.step.coverage.filter(({ resource }) => resource.slug !== picked?.resource.slug);
  return (
    <section>
      <h3>Learn it from</h3>
      {picked ? <Teaching teaches={picked} isPicked /> : <p class="soft">No resource within your wishes teaches this: all of its hours are for practice.</p>}
      {picked && picked.hours > hours && <p class="soft small">It takes longer than the step is planned with. Stop where you can do what the step is for.</p>}
      {others.length > 0 && (
        <details>
          <summary>{showCount(others.length, "other resource teaches it", "other resources teach it")}</summary>
          <ul role="list" class={styles["others"]}>
            {others.map((teaches) => (
              <li key={teaches.resource.slug}>
                <Teaching teaches={teaches} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
