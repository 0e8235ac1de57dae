/** A step that is taken as known: that it is, why, and how to correct it. The answer becomes a part of the question, and so of its address. */
import { useMemo } from "preact/hooks";
import { useQuery } from "@urql/preact";
import type { Proficiency, RoadmapInput } from "../api/schema.generated";
import { showCount, showLevel, showList, showStep } from "../format/format";
import { LEVEL_MEANINGS, TERMS } from "../format/terms";
import { hold } from "../question/knowledge";
import type { Question } from "../question/question";
import type { Asked } from "../question/use-question";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { ErrorNote, Skeleton } from "../ui/note";
import { Term } from "../ui/term";
import { Aside } from "./aside";
import { ASSUMED_HEAD } from "./assumed";
import { WhyAssumedDocument } from "./assumed.generated";
import { answering, questionAbout, type AssumedTopic } from "./assumed/topics";
import { knownSteps, whyAssumed, type Because } from "./assumed/why";
import { LevelMark } from "./marks";
import styles from "./assumed-step.module.css";

interface AssumedStepProps {
  topic: AssumedTopic;
  level: Proficiency;
  input: RoadmapInput;
  asked: Asked;
  onClose: () => void;
}

export function AssumedStep({ topic, level, input, asked, onClose }: AssumedStepProps) {
  return (
    <Aside about={`${topic.topic}@${level}`} title={topic.title} onClose={onClose}>
      <div class={styles["step"]}>
        <p class={styles["marks"]}>
          <LevelMark level={level} /> <span class="soft small">{topic.area.title}</span>{" "}
          <Term class={styles["mark"]} meaning={TERMS.assumed}>
            Assumed
          </Term>
        </p>
        <p class="soft small">
          {showLevel(level)}: {LEVEL_MEANINGS[level]}
        </p>
        <Correct topic={topic} asked={asked} />
        <Why topic={topic} level={level} input={input} asked={asked} />
        <p>
          <a href={`/topics/${topic.topic}`}>{topic.title} in the catalogue</a>
        </p>
      </div>
    </Aside>
  );
}

const NONE = "NONE";

function Correct({ topic, asked }: { topic: AssumedTopic; asked: Asked }) {
  const { question } = asked;
  const change = (answer: Partial<Question>, said: string) => {
    asked.ask(answer);
    say(said);
    // What was clicked goes with the answer.
    requestAnimationFrame(() => (document.getElementById(ASSUMED_HEAD) ?? document.querySelector<HTMLElement>("h1[tabindex]"))?.focus());
  };
  /** What is right as it was assumed is said from now on, and so no longer asked. */
  const confirm = () => change(answering(question, topic), `${showStep(topic.title, topic.level)}, is taken as known.`);
  const known = { slug: topic.topic, title: topic.title, levels: topic.levels, area: topic.area.title, assumed: topic.level };
  const setLevel = (level: Proficiency | typeof NONE) => {
    const held = level === NONE ? undefined : level;
    if (held === topic.level) confirm();
    else change(hold(known, held, question), held ? `${showStep(topic.title, held)}, is taken as known.` : `${topic.title} is taken as not known.`);
  };
  const levels = [{ value: NONE as Proficiency | typeof NONE, label: "Not at all" }, ...topic.levels.map((level) => ({ value: level, label: showLevel(level) }))];
  return (
    <>
      {topic.alternatives.length > 0 && (
        <section>
          <h3>{questionAbout(topic)}</h3>
          <div class={styles["answers"]}>
            {topic.alternatives.map((alternative) => {
              const isAssumed = alternative.topic === topic.topic;
              return (
                <Button
                  key={alternative.topic}
                  small
                  look={isAssumed ? "main" : "plain"}
                  onClick={() => change(answering(question, alternative), `${showStep(alternative.title, alternative.level)}, is taken as known.`)}
                >
                  {isAssumed ? `Yes, ${alternative.title}` : alternative.title}
                </Button>
              );
            })}
            <Button small onClick={() => setLevel(NONE)}>
              None of these
            </Button>
          </div>
        </section>
      )}
      <section>
        <h3>How well do you know {topic.title}?</h3>
        {/* Buttons, since an answer is asked at once: the arrow keys of radio buttons would give every one that they pass. */}
        <div class={styles["answers"]} role="group" aria-label={`${topic.title}: how well you know it`}>
          {levels.map(({ value, label }) => (
            <Button key={value} small aria-pressed={value === topic.level} title={value === NONE ? undefined : LEVEL_MEANINGS[value]} onClick={() => setLevel(value)}>
              {label}
            </Button>
          ))}
        </div>
      </section>
    </>
  );
}

function Why({ topic, level, input, asked: { question } }: Omit<AssumedStepProps, "onClose">) {
  const { from, skills } = question;
  const said = useMemo(() => [...new Set(skills.map((skill) => skill.topic))].toSorted().slice(0, 100), [skills]);
  const [{ data, error }] = useQuery({ query: WhyAssumedDocument, variables: { input, topic: topic.topic, said } });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={3} label="Loading why it is assumed" />;
  const reasons = whyAssumed({ topic: topic.topic, level }, from, { roles: data.roles, known: knownSteps(data, skills) });
  const outcome = data.topic?.steps.find((step) => step.level === level)?.outcome;
  return (
    <>
      {outcome && (
        <p class={styles["outcome"]}>
          <span class="soft">You are taken to be someone who can do this:</span> {outcome}
        </p>
      )}
      <section>
        <h3>Why it is assumed</h3>
        <ul role="list" class={styles["reasons"]}>
          {reasonsInWords(reasons).map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** So many steps are named. */
const NAMED = 4;

function reasonsInWords(reasons: Because[]): string[] {
  const byRoles = reasons.flatMap((reason) => (reason.by === "role" ? `${reason.isHeld ? `Your role, ${reason.title},` : `${reason.title}, below your role,`} asks for it${orOthers(reason.others)} (weight ${reason.weight}).` : []));
  const names = [...new Set(reasons.flatMap((reason) => (reason.by === "step" ? reason.name : [])))];
  const named = names.length > NAMED ? [...names.slice(0, NAMED), `${showCount(names.length - NAMED, "more step")}`] : names;
  const bySteps = names.length === 0 ? [] : [`${showList(named)}, which you know or are taken to know, ${names.length === 1 ? "needs" : "need"} it.`];
  return [...byRoles, ...bySteps];
}

const orOthers = (others: number) => (others === 0 ? "" : ` or one of ${showCount(others, "other")}: we took what assumes the least`);
