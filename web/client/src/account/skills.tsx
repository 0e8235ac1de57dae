/** What one has recorded to know: it counts for all one's roadmaps. */
import { useMemo } from "preact/hooks";
import { useQuery, useSubscription } from "@urql/preact";
import { X } from "lucide";
import { doLater } from "../api/outbox";
import type { Proficiency } from "../api/schema.generated";
import { LEVELS, showDay, showLevel } from "../format/format";
import { TopicSearch } from "../question/topic-search";
import { ViewerChangedDocument } from "../shell/viewer.generated";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { ErrorNote, Skeleton } from "../ui/note";
import { Segments } from "../ui/segments";
import { RecordedSkillsDocument, type RecordedSkillsQuery } from "./account.generated";
import styles from "./account.module.css";

type Skill = NonNullable<RecordedSkillsQuery["viewer"]>["skills"]["nodes"][number];

const SOURCES = { SAID: "you said so", COMPLETED: "you completed it here", IMPORTED: "imported" } as const;

export function Skills() {
  const [{ data, error }, again] = useQuery({ query: RecordedSkillsDocument });
  // What other windows record, and completed steps.
  useSubscription({ query: ViewerChangedDocument }, (_, told) => {
    again({ requestPolicy: "network-only" });
    return told;
  });
  const skills = data?.viewer?.skills;
  const highest = useMemo(() => highestOf(skills?.nodes ?? []), [skills]);
  return (
    <section class={styles["part"]}>
      <h2>What you know</h2>
      <p class="soft">It counts for all your roadmaps. Completing a step adds it here.</p>
      {error && !data && <ErrorNote error={error} />}
      {!data && !error && <Skeleton lines={3} label="Loading what you know" />}
      <TopicSearch
        label="Add what you know"
        placeholder="Java, Kafka, REST…"
        onPick={({ value, levels }) => {
          const level = levels.find((one) => one === "WORKING") ?? levels[0];
          if (level) void doLater("recordSkills", { skills: [{ topic: value, level }] });
        }}
      />
      {highest.length > 0 && (
        <ul role="list" class={styles["rows"]}>
          {highest.map((skill) => (
            <SkillRow key={skill.topic} skill={skill} />
          ))}
        </ul>
      )}
    </section>
  );
}

function SkillRow({ skill }: { skill: Skill }) {
  const title = skill.step?.topic.title ?? skill.topic;
  const levels = skill.step?.topic.steps.map(({ level }) => level) ?? [skill.level];
  const change = async (level: Proficiency) => {
    // A lower level is what remains when the higher ones are forgotten.
    if (LEVELS.indexOf(level) < LEVELS.indexOf(skill.level)) await doLater("forgetSkills", { skills: [{ topic: skill.topic }] });
    await doLater("recordSkills", { skills: [{ topic: skill.topic, level }] });
  };
  return (
    <li>
      <span>
        {title} <span class="soft small">{`${SOURCES[skill.source]}, ${showDay(skill.recordedAt.slice(0, 10))}`}</span>
      </span>
      <span>
        <Segments label={`${title}: how well you know it`} options={levels.map((level) => ({ value: level, label: showLevel(level) }))} value={skill.level} onChange={change} />
        <Button look="quiet" small aria-label={`Forget ${title}`} onClick={() => doLater("forgetSkills", { skills: [{ topic: skill.topic }] })}>
          <Icon of={X} size="1em" />
        </Button>
      </span>
    </li>
  );
}

/** Of each topic the highest level, by title. */
function highestOf(skills: readonly Skill[]): Skill[] {
  const best = new Map<string, Skill>();
  for (const skill of skills) {
    const before = best.get(skill.topic);
    if (!before || LEVELS.indexOf(skill.level) > LEVELS.indexOf(before.level)) best.set(skill.topic, skill);
  }
  const titleOf = ({ step, topic }: Skill) => step?.topic.title ?? topic;
  return [...best.values()].toSorted((one, other) => titleOf(one).localeCompare(titleOf(other)));
}
