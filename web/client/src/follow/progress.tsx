/** How far a learner is: by hours, by what matters, and in a row. */
import { showCount, showHours, showPercent } from "../format/format";
import type { FarFragment } from "./saved.generated";
import styles from "./follow.module.css";

interface MeterProps {
  label: string;
  /** From 0 to 100. */
  percent: number;
}

export function Meter({ label, percent }: MeterProps) {
  const shown = showPercent(percent / 100);
  return (
    <div class={styles["meter"]}>
      <p>
        <span>{label}</span>
        <strong>{shown}</strong>
      </p>
      <div role="progressbar" aria-label={label} aria-valuenow={Math.round(percent)} aria-valuemin={0} aria-valuemax={100} aria-valuetext={shown}>
        <i style={{ width: `${Math.min(100, percent)}%` }} />
      </div>
    </div>
  );
}

export function Progress({ progress }: { progress: FarFragment }) {
  const { percentByHours, percentByWeight, stepsDone, stepsTotal, hoursLeft, hoursSpent, hoursPlanned, streakDays, streakWeeks } = progress;
  return (
    <>
      <Meter label="Done, by hours" percent={percentByHours} />
      <Meter label="Done, by what matters for the target" percent={percentByWeight} />
      <dl class={styles["facts"]}>
        <div>
          <dt>Steps</dt>
          <dd>
            {stepsDone} of {stepsTotal}
          </dd>
        </div>
        <div>
          <dt>Left</dt>
          <dd>{showHours(hoursLeft)}</dd>
        </div>
        <div>
          <dt>Logged</dt>
          <dd>
            {showHours(hoursSpent)}
            {hoursPlanned > 0 && <span class="soft"> · {showHours(hoursPlanned)} planned until today</span>}
          </dd>
        </div>
        {(streakDays > 1 || streakWeeks > 1) && (
          <div>
            <dt>In a row</dt>
            <dd>{streakDays > 1 ? showCount(streakDays, "day") : showCount(streakWeeks, "week")}</dd>
          </div>
        )}
      </dl>
    </>
  );
}
