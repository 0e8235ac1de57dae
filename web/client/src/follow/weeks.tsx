/** How much was learned in each of the last weeks, against what was planned for a week. */
import { useEffect, useRef } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { showDayOfYear, showHours, showHoursInFull } from "../format/format";
import { useWidth } from "../ui/use-width";
import { marksUpTo } from "./burn-up-shape";
import type { Saved } from "./saved-plan";
import { StudyOfWeeksDocument } from "./saved.generated";
import { today } from "./today";
import { weeksOf, type Week } from "./weeks-shape";
import styles from "./burn-up.module.css";
import cards from "./follow.module.css";

const SHOWN = 12;
/** Bars get no wider than with so many. */
const FEWEST = 8;
const [USUAL_WIDTH, HEIGHT] = [640, 140];
const MARGIN = { left: 52, right: 16, top: 12, bottom: 24 };
const MARKS = 3;
const ROOM_ABOVE = 1.1;

export function Weeks({ saved: { id, changeNumber, input } }: { saved: Saved }) {
  const [{ data }, again] = useQuery({ query: StudyOfWeeksDocument, variables: { id } });
  const known = data?.savedRoadmap?.changeNumber;
  useEffect(() => {
    if (known !== undefined && known < changeNumber) again({ requestPolicy: "network-only" });
  }, [known, changeNumber]);
  const log = data?.savedRoadmap?.studyLog;
  if (!log) return null;
  // The page ends with the earliest day, which may have more entries on the next one.
  const weeks = weeksOf(log.nodes, today(), SHOWN, log.pageInfo.hasNextPage ? log.nodes.at(-1)?.day : undefined);
  if (weeks.length === 0) return null;
  return (
    <section class={cards["card"]} aria-labelledby="weeks">
      <h2 id="weeks">Hours of each week</h2>
      <Bars weeks={weeks} planned={input.hoursPerWeek} />
    </section>
  );
}

function Bars({ weeks, planned }: { weeks: Week[]; planned: number }) {
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure, USUAL_WIDTH) - MARGIN.left - MARGIN.right;
  const height = HEIGHT - MARGIN.top - MARGIN.bottom;
  const most = Math.max(1, planned, ...weeks.map(({ hours }) => hours)) * ROOM_ABOVE;
  const y = (hours: number) => height - (height * hours) / most;
  const step = width / Math.max(FEWEST, weeks.length);
  return (
    <figure ref={figure} class={styles["chart"]}>
      <svg viewBox={`0 0 ${width + MARGIN.left + MARGIN.right} ${HEIGHT}`} role="img" aria-label={said(weeks, planned)}>
        <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
          <g class={styles["axes"]}>
            {marksUpTo(most, MARKS).map((hours) => (
              <g key={hours} transform={`translate(0 ${y(hours)})`}>
                <line x2={width} />
                <text x="-8" dy="0.32em" text-anchor="end">
                  {showHours(hours)}
                </text>
              </g>
            ))}
            <text y={height + 18}>{showDayOfYear(weeks[0]?.monday ?? today())}</text>
            {weeks.length > 2 && (
              <text x={step * (weeks.length - 0.5)} y={height + 18} text-anchor="middle">
                this week
              </text>
            )}
          </g>
          {weeks.map(({ monday, hours }, index) => (
            <rect key={monday} class={styles["bar"]} x={step * (index + 0.15)} width={step * 0.7} y={y(hours)} height={height - y(hours)} rx="2" />
          ))}
          <line class={styles["ahead"]} x2={width} y1={y(planned)} y2={y(planned)} />
        </g>
      </svg>
      <figcaption class={styles["legend"]}>
        <span data-line="bar">Logged</span>
        <span data-line="ahead">Planned for a week</span>
      </figcaption>
      <details>
        <summary>The same as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Week from</th>
              <th scope="col">Logged</th>
            </tr>
          </thead>
          <tbody>
            {weeks.toReversed().map(({ monday, hours }) => (
              <tr key={monday}>
                <th scope="row">{showDayOfYear(monday)}</th>
                <td>{showHours(hours)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function said(weeks: Week[], planned: number): string {
  const sum = weeks.reduce((all, { hours }) => all + hours, 0);
  const now = weeks.at(-1)?.hours ?? 0;
  return `${showHoursInFull(now)} are logged this week, of ${showHoursInFull(planned)} planned; on average ${showHoursInFull(Math.round((10 * sum) / weeks.length) / 10)} a week.`;
}
