/** Roadmaps that are worth being held beside the first one, each at a click. */
import { useMemo } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { inputOf, type Question } from "../question/question";
import { LadderDocument } from "../question/question.generated";
import { ChoicesDocument } from "../roadmap/choices.generated";
import { ButtonLink } from "../ui/button";
import { compareAddress } from "./address";
import { partnersOf } from "./partners";
import styles from "./compare-page.module.css";

export function Partners({ question, isOpen }: { question: Question; isOpen: boolean }) {
  const input = useMemo(() => inputOf(question), [question]);
  const [{ data: ladder }] = useQuery({ query: LadderDocument });
  const [{ data: answer }] = useQuery({ query: ChoicesDocument, variables: { input } });
  const partners = partnersOf(question, ladder?.roles ?? [], answer?.roadmap?.choices ?? []);
  return (
    <details class={styles["partners"]} open={isOpen} key={String(isOpen)}>
      <summary>{isOpen ? "B is the same as A. Compare A with" : "Compare A with something else"}</summary>
      <ul role="list">
        {partners.map((partner) => (
          <li key={partner.label}>
            <ButtonLink small href={compareAddress(question, partner.question)}>
              {partner.label}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </details>
  );
}
