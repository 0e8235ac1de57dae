/** The decisions between alternatives: what is taken, what the others would cost, and what would come of them. */
import { useId, useState } from "preact/hooks";
import { useQuery } from "@urql/preact";
import type { RoadmapInput } from "../api/schema.generated";
import { showCount, showHours } from "../format/format";
import type { Asked } from "../question/use-question";
import { Button } from "../ui/button";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { alternativesOf, orderOf, signatureOf, type Alternative, type Choice } from "./choices/alternatives";
import { keyOf, nameOf } from "./names";
import { WhatIf } from "./choices/what-if";
import { ChoicesDocument } from "./choices.generated";
import styles from "./choices.module.css";

interface ChoicesProps {
  input: RoadmapInput;
  /** Not there where nothing can be chosen. */
  asked?: Asked;
}

/** So many alternatives are shown at once; the others on demand. */
const SHOWN = 4;

export function Choices({ input, asked }: ChoicesProps) {
  const [{ data, error, fetching }] = useQuery({ query: ChoicesDocument, variables: { input } });
  const choices = data?.roadmap?.choices;
  if (error && !choices) return <ErrorNote error={error} />;
  if (!choices) return <Skeleton lines={6} label="Weighing the alternatives" />;
  if (choices.length === 0) return <Empty title="Nothing to choose.">Each requirement on this way can be met in one way alone.</Empty>;
  const { open, settled } = orderOf(choices);
  return (
    <div class={styles["choices"]} aria-busy={fetching}>
      <p class="soft">
        Where a requirement can be met in several ways, the roadmap takes the one that leaves the fewest hours in all. Beside the others stands how many more it would take with them.
      </p>
      <ul role="list">
        {open.map((choice) => (
          <OneChoice key={signatureOf(choice)} choice={choice} input={input} asked={asked} />
        ))}
      </ul>
      {settled.length > 0 && (
        <details class={styles["settled"]}>
          <summary>{showCount(settled.length, "more choice, which leaves", "more choices, which leave")} no other way</summary>
          <ul role="list">
            {settled.map((choice) => (
              <OneChoice key={signatureOf(choice)} choice={choice} input={input} asked={asked} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function OneChoice({ choice, input, asked }: ChoicesProps & { choice: Choice }) {
  const id = useId();
  const [whatIf, setWhatIf] = useState<string>();
  const others = alternativesOf(choice);
  const rows = (alternatives: Alternative[]) => (
    <ul role="list" class={styles["others"]}>
      {alternatives.map((alternative) => {
        const key = keyOf(alternative.step);
        const isOpen = key === whatIf;
        return (
          <li key={key}>
            <Other alternative={alternative} isOpen={isOpen} onOpen={asked && (() => setWhatIf(isOpen ? undefined : key))} />
            {asked && isOpen && <WhatIf choice={choice} instead={alternative} input={input} asked={asked} onClose={() => setWhatIf(undefined)} />}
          </li>
        );
      })}
    </ul>
  );
  return (
    <li class={styles["choice"]} aria-labelledby={id}>
      <h2 id={id}>
        {nameOf(choice.taken)} <span class={styles["taken"]}>taken</span>
      </h2>
      {rows(others.slice(0, SHOWN))}
      {others.length > SHOWN && (
        <details>
          <summary>{showCount(others.length - SHOWN, "more alternative")}</summary>
          {rows(others.slice(SHOWN))}
        </details>
      )}
    </li>
  );
}

function Other({ alternative, isOpen, onOpen }: { alternative: Alternative; isOpen: boolean; onOpen: (() => void) | undefined }) {
  const { step, extraHours } = alternative;
  return (
    <div class={styles["other"]}>
      <span>{nameOf(step)}</span>
      <span class={styles["cost"]}>{extraHours === null ? "no roadmap with it" : extraHours === 0 ? "as many hours" : `+${showHours(extraHours)}`}</span>
      {onOpen && extraHours !== null && (
        <Button small aria-expanded={isOpen} onClick={onOpen}>
          What if<span class="hidden-text"> it were {nameOf(step)}</span>
        </Button>
      )}
    </div>
  );
}
