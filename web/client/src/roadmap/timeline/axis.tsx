/** The time axis of a milestone, behind its steps: where months, quarters or years begin, and where today is. */
import { showDayOfYear, showMonth } from "../../format/format";
import { besideToday, isWithin, placeIn, ticksOf, type Span } from "./ticks";
import styles from "./axis.module.css";

const MOST = 7;

export function Axis({ span, today }: { span: Span; today: string }) {
  const ticks = besideToday(ticksOf(span, MOST), span, today);
  const areYears = ticks.length > 1 && ticks.every((day) => day.slice(5) === "01-01");
  return (
    <div class={styles["axis"]} aria-hidden="true">
      <div class={styles["part"]}>
        {ticks.map((day) => (
          <span key={day} class={styles["tick"]} style={{ left: `${placeIn(span, day)}%` }}>
            <span>{areYears ? day.slice(0, 4) : showMonth(day)}</span>
          </span>
        ))}
        {isWithin(span, today) && (
          <span class={styles["today"]} style={{ left: `${placeIn(span, today)}%` }} title={`Today, ${showDayOfYear(today)}`}>
            <span>Today</span>
          </span>
        )}
      </div>
    </div>
  );
}
