/** Two questions side by side, both of them whole in the address: what is different about the answers, and until when one can leave it open. */
import { useMemo } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { useQuery } from "@urql/preact";
import { hasTarget, inputOf, type Question } from "../question/question";
import { LadderDocument } from "../question/question.generated";
import { addressOf } from "../question/use-question";
import { useTopics } from "../question/use-topics";
import { Page } from "../shell/page";
import { ButtonLink } from "../ui/button";
import { Empty, Skeleton } from "../ui/note";
import { useSettled } from "../ui/use-settled";
import { compareAddress, parseCompared } from "./address";
import { CompareDocument } from "./compare.generated";
import { differencesOf, topicsOf } from "./differences";
import { Failed } from "./failed";
import { Partners } from "./partners-list";
import { Result } from "./result";
import { Side, type SideName } from "./side";
import styles from "./compare-page.module.css";

/** What is typed is asked for when it pauses, in milliseconds. */
const PAUSE = 200;

export default function ComparePage() {
  const { query, route } = useLocation();
  const questions = useMemo(() => parseCompared(query), [query["a"], query["b"]]);
  const [one, other] = questions;
  const titleOf = useTitles(questions);
  const change = (side: SideName, changed: Partial<Question>) => {
    const next = side === "A" ? compareAddress({ ...one, ...changed }, other) : compareAddress(one, { ...other, ...changed });
    route(next, true);
  };
  const said = [differencesOf(one, other, titleOf), differencesOf(other, one, titleOf)] as const;
  const isSame = one.to === other.to && said[0].length === 0 && said[1].length === 0;
  return (
    <Page title="Compare two roadmaps" lead="What is different, what both share, and until when you can leave the decision open." actions={<Swap questions={questions} />}>
      {!hasTarget(one) && (
        <Empty title="Nothing to compare yet." actions={<ButtonLink href="/plan">Plan a roadmap</ButtonLink>}>
          <p>Start with a roadmap, and choose Compare there.</p>
        </Empty>
      )}
      {hasTarget(one) && (
        <>
          <div class={styles["sides"]}>
            <Side name="A" question={one} says={said[0]} onChange={(changed) => change("A", changed)} />
            <Side name="B" question={other} says={said[1]} onChange={(changed) => change("B", changed)} />
          </div>
          <Partners question={one} isOpen={isSame} />
          {!isSame && hasTarget(other) && <Answer questions={questions} titleOf={titleOf} />}
        </>
      )}
    </Page>
  );
}

function Swap({ questions: [one, other] }: { questions: [Question, Question] }) {
  return (
    <>
      <ButtonLink href={compareAddress(other, one)}>Swap sides</ButtonLink>
      <ButtonLink href={addressOf(one)}>Back to the plan</ButtonLink>
    </>
  );
}

function Answer({ questions, titleOf }: { questions: [Question, Question]; titleOf: (slug: string) => string }) {
  const key = JSON.stringify(questions.map(inputOf));
  const settled = useSettled(key, PAUSE);
  const inputs = useMemo(() => JSON.parse(settled) as ReturnType<typeof inputOf>[], [settled]);
  const [{ data, error, fetching }] = useQuery({ query: CompareDocument, variables: { inputs } });
  const comparison = data?.compareRoadmaps;
  return (
    <div aria-busy={fetching || settled !== key} class={styles["answer"]}>
      {error && <Failed error={error} />}
      {comparison && <Result comparison={comparison} titles={[titleFor(questions[0], titleOf), titleFor(questions[1], titleOf)]} />}
      {!comparison && !error && <Skeleton lines={8} label="Planning both" />}
    </div>
  );
}

const titleFor = ({ to }: Question, titleOf: (slug: string) => string) => (to === undefined ? "Your goals" : titleOf(to));

/** The titles of the roles and topics that are spoken of; until they are there, their slugs. */
function useTitles(questions: Question[]): (slug: string) => string {
  const [{ data }] = useQuery({ query: LadderDocument });
  const topics = useTopics(topicsOf(...questions));
  return useMemo(() => {
    const titles = new Map([...(data?.roles ?? []), ...topics].map(({ slug, title }) => [slug, title]));
    return (slug: string) => titles.get(slug) ?? slug;
  }, [data, topics]);
}
