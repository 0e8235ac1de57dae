/** All that there is to say about one step: what it is good for, why it is here, what it waits for, and what it is learned from. */
import { useQuery } from "@urql/preact";
import type { ComponentChildren } from "preact";
import type { RoadmapInput } from "../api/schema.generated";
import { showCount, showDays, showHoursInFull, showLevel } from "../format/format";
import { ButtonLink } from "../ui/button";
import { ErrorNote, Skeleton } from "../ui/note";
import { StepDetailsDocument, type StepDetailsQuery } from "./details.generated";
import { LevelMark, StepMarks, nameOfStep } from "./marks";
import type { Plan, PlanStep } from "./model";
import { Teaching, type Teaches } from "./teaching";
import styles from "./step-details.module.css";

interface StepDetailsProps {
  plan: Plan;
  step: PlanStep;
  /** What the roadmap is the answer to. */
  input: RoadmapInput;
  onSelect: (key: string | undefined) => void;
  actions?: ComponentChildren;
}

type Details = NonNullable<NonNullable<StepDetailsQuery["roadmap"]>["step"]>;

export function StepDetails({ plan, step, input, onSelect, actions }: StepDetailsProps) {
  const { topic, level } = step;
  const [{ data, error, fetching }] = useQuery({ query: StepDetailsDocument, variables: { input, topic, level } });
  const details = data?.roadmap?.step ?? undefined;
  return (
    <div class={styles["details"]}>
      <p class={styles["marks"]}>
        <LevelMark level={level} /> <StepMarks step={step} />
      </p>
      <p>
        <strong>After it:</strong> {step.outcome}
      </p>
      <dl class={styles["facts"]}>
        <div>
          <dt>Takes</dt>
          <dd>{showHoursInFull(step.hours)}</dd>
        </div>
        <div>
          <dt>When</dt>
          <dd>{showDays(step.startsOn, step.finishesOn)}</dd>
        </div>
        <div>
          <dt>Can wait</dt>
          <dd>{step.critical ? "not at all: all that follows waits for it" : `${showHoursInFull(step.slackHours)} of learning`}</dd>
        </div>
      </dl>
      {actions && <div class={styles["actions"]}>{actions}</div>}
      {error && <ErrorNote error={error} />}
      {!details && fetching && <Skeleton lines={5} label="Loading why it is here" />}
      {details && <Why details={details} plan={plan} onSelect={onSelect} />}
      <Links title="Needs" none="Nothing else on this roadmap." keys={step.needs} plan={plan} onSelect={onSelect} />
      <Links title="Unlocks" none="Nothing further on this roadmap." keys={step.unlocks} plan={plan} onSelect={onSelect} />
      {details && <Resources details={details} />}
      <p>
        <ButtonLink href={`/topics/${topic}`} small>
          All about {step.title}
        </ButtonLink>
      </p>
    </div>
  );
}

function Why({ details, plan, onSelect }: { details: Details; plan: Plan; onSelect: StepDetailsProps["onSelect"] }) {
  return (
    <section>
      <h3>Why it is here</h3>
      <ul role="list" class={styles["reasons"]}>
        {details.reasons.map(({ role, chain, requirement }) => (
          <li key={`${role?.title}${chain.map(({ topic }) => topic.slug).join()}`}>
            {chain.length > 1 && (
              <>
                Leads to{" "}
                {chain.slice(1).map((one, index) => (
                  <span key={one.topic.slug}>
                    {index > 0 && " → "}
                    <StepLink plan={plan} keyOf={`${one.topic.slug}@${one.level}`} name={`${one.topic.title}, ${showLevel(one.level).toLowerCase()}`} onSelect={onSelect} />
                  </span>
                ))}
                , which{" "}
              </>
            )}
            {role ? `${chain.length > 1 ? "" : "A "}${role.title} ${chain.length > 1 ? "asks for" : "needs it"}` : chain.length > 1 ? "is a goal of yours" : "A goal of yours"}
            {role && requirement.weight > 1 && <span class="soft"> (weight {requirement.weight} of 3)</span>}.
          </li>
        ))}
      </ul>
      <p class="soft small">{details.necessary ? "Every shortest way has this step." : "Another way of the same length could do without it."}</p>
    </section>
  );
}

interface StepLinkProps {
  plan: Plan;
  keyOf: string;
  name: string;
  onSelect: StepDetailsProps["onSelect"];
}

/** A step's name, which opens it where it is on the roadmap. */
function StepLink({ plan, keyOf, name, onSelect }: StepLinkProps) {
  if (!plan.byKey.has(keyOf)) return <>{name}</>;
  return (
    <button type="button" class={styles["link"]} onClick={() => onSelect(keyOf)}>
      {name}
    </button>
  );
}

interface LinksProps {
  title: string;
  none: string;
  keys: string[];
  plan: Plan;
  onSelect: StepDetailsProps["onSelect"];
}

function Links({ title, none, keys, plan, onSelect }: LinksProps) {
  const steps = keys.flatMap((key) => plan.byKey.get(key) ?? []);
  return (
    <section>
      <h3>{title}</h3>
      {steps.length === 0 && <p class="soft">{none}</p>}
      <ul role="list" class={styles["links"]}>
        {steps.map((step) => (
          <li key={step.key}>
            <StepLink plan={plan} keyOf={step.key} name={nameOfStep(step)} onSelect={onSelect} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Resources({ details }: { details: Details }) {
  const picked: Teaches | null = details.coverage;
  const others = details.step.coverage.filter(({ resource }) => resource.slug !== picked?.resource.slug);
  return (
    <section>
      <h3>Learn it from</h3>
      {picked ? <Teaching teaches={picked} isPicked /> : <p class="soft">No resource in the catalogue teaches this within your wishes.</p>}
      {others.length > 0 && (
        <details>
          <summary>{showCount(others.length, "other resource")}</summary>
          {others.map((teaches) => (
            <Teaching key={teaches.resource.slug} teaches={teaches} />
          ))}
        </details>
      )}
    </section>
  );
}
