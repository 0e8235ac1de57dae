/** How good something is, from 1 to 5: as stars, and in words. */
import { Star } from "lucide";
import { showNumber } from "../format/format";
import { Icon } from "./icon";
import styles from "./quality.module.css";

const STARS = [1, 2, 3, 4, 5] as const;

export function Quality({ value }: { value: number }) {
  return (
    <span class={styles["quality"]} title={`Quality: ${value} of 5`}>
      <span class="hidden-text">Quality {value} of 5</span>
      {STARS.map((star) => (
        <span key={star} aria-hidden="true" class={star <= value ? styles["full"] : styles["hollow"]}>
          <Icon of={Star} size="0.95em" />
        </span>
      ))}
    </span>
  );
}

export function Rating({ average, count }: { average: number | null; count: number }) {
  if (average === null) return null;
  return (
    <span class="figures">
      {showNumber(average)} of 5 by {count === 1 ? "1 learner" : `${showNumber(count)} learners`}
    </span>
  );
}
