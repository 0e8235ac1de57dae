/** What the words and signs of a page mean, folded away where they are used. */
import { LEVELS, showLevel } from "../format/format";
import { LEVEL_MEANINGS, TERMS } from "../format/terms";
import { LevelTag } from "./level-tag";
import styles from "./glossary.module.css";

type Word = keyof typeof TERMS;

interface GlossaryProps {
  /** Beside the levels. */
  words?: readonly Word[];
}

const NAMES: Record<Word, string> = {
  key: "Key",
  critical: "Critical",
  later: "Later",
  weight: "Weight",
  value: "Value",
  assumed: "Assumed",
  study: "Study",
  practice: "Practice",
  proven: "Proven",
};

export function Glossary({ words }: GlossaryProps) {
  return (
    <details class={styles["glossary"]}>
      <summary>{words === undefined ? `What ${showLevel("AWARE")}, ${showLevel("WORKING")}… mean` : "What the words and signs mean"}</summary>
      <dl>
        {LEVELS.map((level) => (
          <div key={level}>
            <dt>
              <LevelTag level={level} />
            </dt>
            <dd>{LEVEL_MEANINGS[level]}</dd>
          </div>
        ))}
        {words?.map((word) => (
          <div key={word}>
            <dt>{NAMES[word]}</dt>
            <dd>{TERMS[word]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
