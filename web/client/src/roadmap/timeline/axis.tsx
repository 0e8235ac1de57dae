/** The time axis of a milestone, behind its steps: where months, quarters or years begin, and where today is. */
import { useRef } from "preact/hooks";
import { showDayOfYear, showMonth } from "../../format/format";
import { useWidth } from "../../ui/use-width";
import { besideDay, isWithin, placeIn, ticksOf, type Span } from "./ticks";
import styles from "./axis.module.css";

/** What the name of a tick takes, in pixels, and the axis where nothing is known of its width yet. */
const ROOM = 64;
const USUAL_WIDTH = 7 * ROOM;
/** From here on, in per cent, there may be no room at the right of a tick. */
const AT_END = 85;

export function Axis({ span, today }: { span: Span; today: string }) {
  const place = useRef<HTMLDivElement>(null);
  const most = Math.max(1, Math.floor(useWidth(place, USUAL_WIDTH) / ROOM));
  const ticks = besideDay(ticksOf(span, most), span, today);
  const areYears = ticks.length > 1 && ticks.every((day) => day.slice(5) === "01-01");
  return (
    <div class={styles["axis"]} aria-hidden="true">
      <div ref={place} class={styles["part"]}>
        {ticks.map((day) => (
          <span key={day} class={styles["tick"]} style={{ left: `${placeIn(span, day)}%` }}>
            <span class={placeIn(span, day) > AT_END ? styles["before"] : undefined}>{areYears ? day.slice(0, 4) : showMonth(day)}</span>
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
