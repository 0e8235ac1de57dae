/** What one has recorded to know: it counts for all one's roadmaps. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { useClient, useQuery, useSubscription } from "@urql/preact";
import { Clock, X } from "lucide";
import { doLater, waiting } from "../api/outbox";
import type { Proficiency } from "../api/schema.generated";
import { useStore } from "../api/store";
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
  const { skills, error } = useSkills();
  const entries = useStore(waiting).filter(({ operation }) => operation === "recordSkills" || operation === "forgetSkills");
  const unsent = new Set(entries.flatMap(({ input }) => (input["skills"] as { topic: string }[]).map(({ topic }) => topic)));
  const highest = useMemo(() => highestOf(skills ?? []), [skills]);
  return (
    <section class={styles["part"]}>
      <h2>What you know</h2>
      <p class="soft">It counts for all your roadmaps. Completing a step adds it here.</p>
      {error && !skills && <ErrorNote error={error} />}
      {!skills && !error && <Skeleton lines={3} label="Loading what you know" />}
      <TopicSearch
        label="Add what you know"
        placeholder="Java, Kafka, REST…"
        onPick={({ value, label, levels }) => {
          const level = levels.find((one) => one === "WORKING") ?? levels[0];
          if (level) void doLater("recordSkills", { skills: [{ topic: value, level }] }, label);
        }}
      />
      {skills?.length === 0 && unsent.size === 0 && <p class="soft">Nothing yet. What you add here need not be learned again.</p>}
      <ul role="list" class={styles["rows"]} hidden={highest.length + entries.length === 0}>
        {entries
          .filter(({ input }) => !(input["skills"] as { topic: string }[]).some(({ topic }) => highest.some((skill) => skill.topic === topic)))
          .map(({ id, about }) => (
            <li key={id}>
              <span>{about}</span>
              <Unsent />
            </li>
          ))}
        {highest.map((skill) => (
          <SkillRow key={skill.topic} skill={skill} isUnsent={unsent.has(skill.topic)} />
        ))}
      </ul>
    </section>
  );
}

const Unsent = () => (
  <span class="soft small">
    <Icon of={Clock} size="0.95em" /> waiting to be sent
  </span>
);

/** All of them, page after page; asked for anew when other windows record some, and when steps are completed. */
function useSkills() {
  const client = useClient();
  const [{ data, error }, again] = useQuery({ query: RecordedSkillsDocument });
  useSubscription({ query: ViewerChangedDocument }, (_, told) => {
    again({ requestPolicy: "network-only" });
    return told;
  });
  const first = data?.viewer?.skills;
  const [more, setMore] = useState<Skill[]>([]);
  useEffect(() => {
    let isWanted = true;
    const load = async () => {
      const loaded: Skill[] = [];
      for (let page = first?.pageInfo; page?.hasNextPage && isWanted; ) {
        const answer = await client.query(RecordedSkillsDocument, { after: page.endCursor }, { requestPolicy: "network-only" }).toPromise();
        const next = answer.data?.viewer?.skills;
        loaded.push(...(next?.nodes ?? []));
        page = next?.pageInfo;
      }
      if (isWanted) setMore(loaded);
    };
    void load();
    return () => {
      isWanted = false;
    };
  }, [client, first]);
  const skills = useMemo(() => first && [...first.nodes, ...more], [first, more]);
  return { skills, error };
}

interface SkillRowProps {
  skill: Skill;
  /** Whether what was changed about it waits to be sent. */
  isUnsent: boolean;
}

function SkillRow({ skill, isUnsent }: SkillRowProps) {
  const title = skill.step?.topic.title ?? skill.topic;
  const levels = skill.step?.topic.steps.map(({ level }) => level) ?? [skill.level];
  const forget = () => doLater("forgetSkills", { skills: [{ topic: skill.topic }] }, title);
  const change = async (level: Proficiency) => {
    // A lower level is what remains when the higher ones are forgotten.
    if (LEVELS.indexOf(level) < LEVELS.indexOf(skill.level)) await forget();
    await doLater("recordSkills", { skills: [{ topic: skill.topic, level }] }, title);
  };
  return (
    <li>
      <span>
        {title} <span class="soft small">{`${SOURCES[skill.source]}, ${showDay(skill.recordedAt.slice(0, 10))}`}</span>
      </span>
      <span class={styles["actions"]}>
        {isUnsent && <Unsent />}
        <Segments label={`${title}: how well you know it`} options={levels.map((level) => ({ value: level, label: showLevel(level) }))} value={skill.level} onChange={change} />
        <Button look="quiet" small aria-label={`Forget ${title}`} onClick={forget}>
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
