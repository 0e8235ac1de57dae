/** What one knows: filled in from the role that one holds, corrected by a click, added to by searching. */
import { useMemo } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { X } from "lucide";
import type { Proficiency } from "../api/schema.generated";
import { LEVELS, showCount, showLevel } from "../format/format";
import { LEVEL_MEANINGS } from "../format/terms";
import { Button } from "../ui/button";
import { Fold } from "../ui/fold";
import { Glossary } from "../ui/glossary";
import { Icon } from "../ui/icon";
import { Skeleton } from "../ui/note";
import { Segments } from "../ui/segments";
import { hold, knowledge, type Known } from "./knowledge";
import { OwnSkills } from "./own-skills";
import { AssumedDocument } from "./question.generated";
import type { Question } from "./question";
import { TopicSearch } from "./topic-search";
import { useTopics } from "./use-topics";
import styles from "./knows.module.css";

interface KnowsProps {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}

const WORKING = LEVELS.indexOf("WORKING");

export function Knows({ question, onChange }: KnowsProps) {
  const { from, skills, prefer, avoid } = question;
  const asked = useMemo(() => ({ from, to: from, skills, prefer, avoid }), [from, skills, prefer, avoid]);
  const [{ data, fetching }] = useQuery({ query: AssumedDocument, variables: { input: asked }, pause: from === undefined });
  const corrected = useMemo(() => [...new Set([...skills, ...question.gaps].map(({ topic }) => topic))], [skills, question.gaps]);
  const named = useTopics(corrected);
  const assumed = (from !== undefined && data?.roadmap?.assumed) || [];
  const known = useMemo(() => knowledge(assumed, question, named), [assumed, question, named]);
  const own = known.filter(({ assumed, held }) => assumed !== held);
  const filledIn = known.filter(({ assumed, held }) => assumed !== undefined && assumed === held);
  const change = (topic: Known, level: Proficiency | undefined) => onChange(hold(topic, level, question));

  return (
    <div class={styles["knows"]}>
      <TopicSearch
        label="Add what you know"
        placeholder="Java, Kafka, REST…"
        onPick={({ value, label, levels }) => {
          const there = known.find(({ slug }) => slug === value);
          const topic = there ?? { slug: value, title: label, levels, area: "", assumed: undefined, held: undefined };
          // Somebody who names a topic uses it, as a rule.
          const usual = levels.find((level) => LEVELS.indexOf(level) >= WORKING) ?? levels.at(-1);
          if (usual !== undefined && (there?.held === undefined || LEVELS.indexOf(there.held) < LEVELS.indexOf(usual))) change(topic, usual);
        }}
      />
      <OwnSkills question={question} onChange={onChange} />
      <Glossary />
      {own.length > 0 && (
        <ul role="list" class={styles["own"]} aria-label="What you said">
          {own.map((topic) => (
            <KnownTopic key={topic.slug} topic={topic} onChange={(level) => change(topic, level)} onForget={() => change(topic, topic.assumed)} />
          ))}
        </ul>
      )}
      {from !== undefined && !data && fetching && <Skeleton lines={2} label="Loading what the role brings" />}
      {filledIn.length > 0 && (
        <Fold class={styles["assumed"]} summary={<>{showCount(filledIn.length, "topic")} filled in from your role</>}>
          <p class="small soft">Correct what is not so: the roadmap follows.</p>
          {byArea(filledIn).map(([area, topics]) => (
            <section key={area} aria-label={area}>
              <h3>{area}</h3>
              <ul role="list">
                {topics.map((topic) => (
                  <KnownTopic key={topic.slug} topic={topic} onChange={(level) => change(topic, level)} />
                ))}
              </ul>
            </section>
          ))}
        </Fold>
      )}
    </div>
  );
}

interface KnownTopicProps {
  topic: Known;
  onChange: (level: Proficiency | undefined) => void;
  onForget?: () => void;
}

const NONE = "NONE";

function KnownTopic({ topic, onChange, onForget }: KnownTopicProps) {
  const options = [
    { value: NONE as Proficiency | typeof NONE, label: "No", title: "I don't know this" },
    ...topic.levels.map((level) => ({ value: level, label: showLevel(level), title: LEVEL_MEANINGS[level] })),
  ];
  return (
    <li class={styles["topic"]}>
      <span class={styles["title"]}>{topic.title}</span>
      {onForget && (
        <Button look="quiet" small onClick={onForget} aria-label={`${topic.title}: ${topic.assumed ? "as it was filled in" : "remove"}`}>
          <Icon of={X} size="1em" />
        </Button>
      )}
      <Segments
        label={`${topic.title}: how well you know it`}
        options={options}
        value={topic.held ?? NONE}
        onChange={(value) => onChange(value === NONE ? undefined : value)}
      />
    </li>
  );
}

function byArea(topics: Known[]): [string, Known[]][] {
  const areas = new Map<string, Known[]>();
  for (const topic of topics) areas.set(topic.area, [...(areas.get(topic.area) ?? []), topic]);
  return [...areas];
}
