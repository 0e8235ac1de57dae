/** A level, with as many bars as it is high. */
import type { Proficiency } from "../api/schema.generated";
import { LEVELS, showLevel } from "../format/format";
import { LEVEL_MEANINGS } from "../format/terms";
import styles from "./level-tag.module.css";

export function LevelTag({ level }: { level: Proficiency }) {
  const height = LEVELS.indexOf(level);
  return (
    <span class={styles["tag"]} title={LEVEL_MEANINGS[level]}>
      <span class={styles["bars"]} aria-hidden="true">
        {LEVELS.map((one, index) => (
          <i key={one} class={index <= height ? styles["full"] : undefined} />
        ))}
      </span>
      {showLevel(level)}
    </span>
  );
}
