/** Why a step is on the roadmap: who asks for it, and by way of which steps. */
import { stepName } from "../question/question";
import { showCount } from "../format/format";
import { TERMS } from "../format/terms";
import { Term } from "../ui/term";
import type { StepDetailFragment } from "./details.generated";
import { StepLink } from "./step-link";
import type { ViewProps } from "./views";
import styles from "./reasons.module.css";

interface ReasonsProps extends Pick<ViewProps, "plan" | "onSelect"> {
  details: StepDetailFragment;
}

type Reason = StepDetailFragment["reasons"][number];

/** What a basic step serves fills pages: the first ones say enough. */
const SHOWN = 3;

export function Reasons({ details, ...given }: ReasonsProps) {
  const isDirect = ({ chain }: Reason) => Number(chain.length === 1);
  // What is asked for itself says more than what it leads to.
  const reasons = details.reasons.toSorted(
    (one, other) => isDirect(other) - isDirect(one) || other.requirement.weight - one.requirement.weight || one.chain.length - other.chain.length,
  );
  const more = reasons.slice(SHOWN);
  return (
    <section class={styles["reasons"]}>
      <h3>Why it is here</h3>
      <List reasons={reasons.slice(0, SHOWN)} {...given} isExplained />
      {more.length > 0 && (
        <details>
          <summary>{showCount(more.length, "more reason")}</summary>
          <List reasons={more} {...given} />
        </details>
      )}
      <p class="soft small">{details.necessary ? "Every shortest roadmap has this step." : "Another roadmap with as few hours does without it."}</p>
    </section>
  );
}

interface ListProps extends Pick<ViewProps, "plan" | "onSelect"> {
  reasons: Reason[];
  /** Whether the first of them explains what a weight is. */
  isExplained?: boolean;
}

function List({ reasons, isExplained, ...given }: ListProps) {
  return (
    <ul role="list">
      {reasons.map((reason, index) => (
        <Because isExplained={isExplained === true && index === 0} key={`${reason.role?.slug} ${reason.chain.map(({ topic, level }) => topic.slug + level).join(" ")}`} reason={reason} {...given} />
      ))}
    </ul>
  );
}

/** The requirement's own weight: what the step weighs in all says nothing about any one role. */
function Weight({ weight, isExplained }: { weight: number; isExplained: boolean }) {
  return <span class="soft">({isExplained ? <Term meaning={TERMS.weight}>weight {weight}</Term> : `weight ${weight}`})</span>;
}

function Because({ reason, isExplained, ...given }: Pick<ViewProps, "plan" | "onSelect"> & { reason: Reason; isExplained: boolean }) {
  const { role, requirement } = reason;
  const chain = reason.chain.slice(1).map(({ topic, level }) => ({ topic: topic.slug, title: topic.title, level }));
  const [asks, its] = role ? [<strong key="role">{role.title}</strong>, "asks for it."] : ["Your own goals", "include it."];
  if (chain.length === 0) {
    return (
      <li>
        {asks} {its} <Weight weight={requirement.weight} isExplained={isExplained} />
      </li>
    );
  }
  return (
    <li>
      Leads to{" "}
      {chain.map((step, index) => (
        <span key={stepName(step)}>
          {index > 0 && <span aria-hidden="true"> → </span>}
          <StepLink step={step} {...given} />
        </span>
      ))}
      , which {role ? "is asked for by " : "is among "}
      {role ? asks : "your own goals"}. <Weight weight={requirement.weight} isExplained={isExplained} />
    </li>
  );
}
