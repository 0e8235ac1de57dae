/** Whom a resource is made for: those who know or learn one of some topics, such as the language that its examples are in. */
import { X } from "lucide";
import { TopicSearch } from "../question/topic-search";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { FieldErrors } from "./place-errors";
import type { TopicRef } from "./resource-form";
import { FieldError, Place } from "./text-field";
import styles from "./editor.module.css";

interface ForFieldProps {
  topics: TopicRef[];
  errors: FieldErrors;
  onChange: (topics: TopicRef[]) => void;
}

export function ForField({ topics, errors, onChange }: ForFieldProps) {
  return (
    <Place path={["for"]}>
      <fieldset class={styles["chips"]}>
        <legend>Made for those who know or learn</legend>
        {topics.length === 0 && <span class="soft">everybody</span>}
        {topics.map((topic) => (
          <span key={topic.slug} class={styles["chip"]}>
            {topic.title}
            <Button look="quiet" small aria-label={`Not only for ${topic.title}`} onClick={() => onChange(topics.filter((other) => other !== topic))}>
              <Icon of={X} size="1em" />
            </Button>
          </span>
        ))}
        <TopicSearch
          label="Add a topic whose learners it is made for"
          isLabelHidden
          placeholder="A topic…"
          without={new Set(topics.map(({ slug }) => slug))}
          onPick={({ value, label }) => onChange([...topics, { slug: value, title: label }])}
        />
        <FieldError error={errors.under("for")} />
      </fieldset>
    </Place>
  );
}
