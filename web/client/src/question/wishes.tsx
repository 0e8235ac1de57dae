/** Topics that are to be on the way or not, and goals beside a role's. */
import { useMemo } from "preact/hooks";
import { Flag, ThumbsDown, ThumbsUp, X } from "lucide";
import { LEVELS, showLevel } from "../format/format";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Segments } from "../ui/segments";
import type { Question } from "./question";
import { TopicSearch } from "./topic-search";
import { useTopics } from "./use-topics";
import styles from "./parts.module.css";

interface WishesProps {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}

export function Wishes({ question, onChange }: WishesProps) {
  const { prefer, avoid } = question;
  const topics = useTopics(useMemo(() => [...prefer, ...avoid], [prefer, avoid]));
  const titleOf = (slug: string) => topics.find((topic) => topic.slug === slug)?.title ?? slug;
  const without = (slugs: string[], slug: string) => slugs.filter((other) => other !== slug);
  return (
    <div class={styles["part"]}>
      <TopicSearch
        label="Prefer, where there is a choice"
        placeholder="Java, PostgreSQL, AWS…"
        without={new Set(prefer)}
        onPick={({ value }) => onChange({ prefer: [...prefer, value], avoid: without(avoid, value) })}
      />
      <TopicSearch
        label="Leave out"
        placeholder="PHP, MongoDB…"
        without={new Set(avoid)}
        onPick={({ value }) => onChange({ avoid: [...avoid, value], prefer: without(prefer, value) })}
      />
      {prefer.length + avoid.length > 0 && (
        <ul role="list" class={styles["chips"]} aria-label="Preferred and left out">
          {prefer.map((slug) => (
            <li key={slug} class={styles["preferred"]}>
              <Icon of={ThumbsUp} size="1em" /> <span class="hidden-text">Preferred:</span> {titleOf(slug)}
              <Button look="quiet" small aria-label={`No longer prefer ${titleOf(slug)}`} onClick={() => onChange({ prefer: without(prefer, slug) })}>
                <Icon of={X} size="1em" />
              </Button>
            </li>
          ))}
          {avoid.map((slug) => (
            <li key={slug} class={styles["avoided"]}>
              <Icon of={ThumbsDown} size="1em" /> <span class="hidden-text">Left out:</span> {titleOf(slug)}
              <Button look="quiet" small aria-label={`No longer leave out ${titleOf(slug)}`} onClick={() => onChange({ avoid: without(avoid, slug) })}>
                <Icon of={X} size="1em" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function Goals({ question, onChange }: WishesProps) {
  const { goals } = question;
  const topics = useTopics(useMemo(() => goals.map(({ topic }) => topic), [goals]));
  return (
    <div class={styles["part"]}>
      <TopicSearch
        label="Also learn"
        placeholder="Rust, Kafka, GraphQL…"
        without={new Set(goals.map(({ topic }) => topic))}
        onPick={({ value, levels }) => {
          const level = levels.find((one) => one === "WORKING") ?? levels.at(-1);
          if (level) onChange({ goals: [...goals, { topic: value, level }] });
        }}
      />
      {goals.length > 0 && (
        <ul role="list" class={styles["kinds"]} aria-label="Your own goals">
          {goals.map((goal) => {
            const topic = topics.find(({ slug }) => slug === goal.topic);
            const title = topic?.title ?? goal.topic;
            const levels = topic?.levels ?? LEVELS.filter((level) => level === goal.level);
            const others = goals.filter((other) => other !== goal);
            return (
              <li key={goal.topic}>
                <span>
                  <Icon of={Flag} size="1em" /> {title}
                </span>
                <span>
                  <Segments
                    label={`${title}: up to which level`}
                    options={levels.map((level) => ({ value: level, label: showLevel(level) }))}
                    value={goal.level}
                    onChange={(level) => onChange({ goals: goals.map((other) => (other === goal ? { ...goal, level } : other)) })}
                  />
                  <Button look="quiet" small aria-label={`Remove the goal ${title}`} onClick={() => onChange({ goals: others })}>
                    <Icon of={X} size="1em" />
                  </Button>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
