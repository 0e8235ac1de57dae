/** What the roadmap takes as known, as chips to correct: first what it had to guess, such as a language, then all of it. */
import { useState } from "preact/hooks";
import { ChevronRight } from "lucide";
import { showCount, showLevel } from "../format/format";
import { TERMS } from "../format/terms";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Term } from "../ui/term";
import { questionAbout, type AssumedTopic } from "./assumed/topics";
import type { Plan } from "./model";
import { placeOf, type ViewProps } from "./views";
import styles from "./assumed.module.css";

interface AssumedProps extends Pick<ViewProps, "selected" | "onSelect"> {
  plan: Plan;
}

/** The focus comes here after an answer, since the chip that was answered goes. */
export const ASSUMED_HEAD = "assumed";

export function Assumed({ plan, ...given }: AssumedProps) {
  const { assumed } = plan;
  const [isOpen, setOpen] = useState(false);
  if (assumed.length === 0) return null;
  const guessed = assumed.filter(({ alternatives }) => alternatives.length > 0);
  const [first] = guessed;
  return (
    <section class={styles["assumed"]} aria-labelledby={ASSUMED_HEAD}>
      <h2 id={ASSUMED_HEAD} tabIndex={-1}>
        We <Term meaning={TERMS.assumed}>assumed</Term> {first ? `${first.title}. ${questionAbout(first, "Is that right?")}` : `that you know ${showCount(assumed.length, "topic")}.`}
      </h2>
      <ul role="list" class={styles["chips"]}>
        {guessed.map((topic) => (
          <li key={topic.topic}>
            <Chip topic={topic} isGuess {...given} />
          </li>
        ))}
        <li>
          <Button look="quiet" small aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Fewer" : `All ${showCount(assumed.length, "topic")} that you are taken to know`}
          </Button>
        </li>
      </ul>
      {isOpen && (
        <>
          <p class="small soft">Nothing of it is planned, since {plan.from ? "your role asks for it, or what you know needs it" : "what you know needs it"}. Correct what is not so.</p>
          <ul role="list" class={styles["chips"]} aria-label="What you are taken to know">
            {assumed.map((topic) => (
              <li key={topic.topic}>
                <Chip topic={topic} {...given} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface ChipProps extends Pick<ViewProps, "selected" | "onSelect"> {
  topic: AssumedTopic;
  /** Whether it stands among what had alternatives. */
  isGuess?: boolean;
}

function Chip({ topic, isGuess, selected, onSelect }: ChipProps) {
  const key = `${topic.topic}@${topic.level}`;
  const isOpen = key === selected;
  return (
    <button type="button" {...placeOf(key)} class={`${styles["chip"]} ${isGuess ? styles["guess"] : ""}`} aria-expanded={isOpen} onClick={() => onSelect(isOpen ? undefined : key)}>
      <span>
        {topic.title} <span class="soft">{showLevel(topic.level).toLowerCase()}</span>
      </span>
      {isGuess && <Icon of={ChevronRight} size="1em" />}
      <span class="hidden-text">: correct</span>
    </button>
  );
}
