/** A level, with as many bars as it is high. */
import type { Proficiency } from "../api/schema.generated";
import { LEVELS, showLevel } from "../format/format";
import styles from "./level-tag.module.css";

export function LevelTag({ level }: { level: Proficiency }) {
  const height = LEVELS.indexOf(level);
  return (
    <span class={styles["tag"]}>
      <span class={styles["bars"]} aria-hidden="true">
        {LEVELS.map((one, index) => (
          <i key={one} class={index <= height ? styles["full"] : undefined} />
        ))}
      </span>
      {showLevel(level)}
    </span>
  );
}
