/** Progress and forecast in one chart: the hours that were planned, those that are done, and where they are likely to lead. */
import { useRef } from "preact/hooks";
import { showDay, showHours, showHoursInFull, showMonth } from "../format/format";
import { useWidth } from "../ui/use-width";
import { doneLine, lastOf, marksUpTo, pathOf, plannedLine, scaleOf, type Fan, type Point, type Scale } from "./burn-up-shape";
import styles from "./burn-up.module.css";

interface BurnUpProps {
  start: string;
  today: string;
  /** Of all steps, as planned; done ones say when. */
  steps: readonly { hours: number; finishesOn: string; endedAt: string | null }[];
  hoursTotal: number;
  hoursDone: number;
  /** The day of arrival at the planned pace, from today on. */
  planned: string;
  /** Where enough weeks have been observed. */
  observed: Fan | null;
}

const [USUAL_WIDTH, HEIGHT] = [640, 260];
const MARKS = 5;
const MARGIN = { left: 52, right: 16, top: 12, bottom: 28 };

export function BurnUp(props: BurnUpProps) {
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure, USUAL_WIDTH);
  const { start, today, steps, hoursTotal, hoursDone, planned, observed } = props;
  const end = lastOf([today, planned, ...steps.map(({ finishesOn }) => finishesOn), observed?.p50, observed?.p80, observed?.p95]);
  const scale = scaleOf(start, end, hoursTotal, width - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom);
  const lines = { planned: plannedLine(start, steps), done: doneLine(start, today, steps) };
  return (
    <figure ref={figure} class={styles["chart"]}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={said(props)}>
        <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
          <Axes start={start} end={end} most={hoursTotal} scale={scale} />
          {observed && <Cone from={{ day: today, hours: hoursDone }} to={hoursTotal} fan={observed} end={end} scale={scale} />}
          <path class={styles["planned"]} d={pathOf(lines.planned, scale)} />
          <path class={styles["ahead"]} d={pathOf([{ day: today, hours: hoursDone }, { day: planned, hours: hoursTotal }], scale)} />
          <path class={styles["done"]} d={pathOf(lines.done, scale)} />
          <circle class={styles["now"]} cx={scale.x(today)} cy={scale.y(hoursDone)} r="5" />
        </g>
      </svg>
      <figcaption class={styles["legend"]}>
        <span data-line="done">Done</span>
        <span data-line="planned">As it was planned</span>
        <span data-line="ahead">At the planned pace</span>
        {observed && <span data-line="cone">At your own pace: four of five futures</span>}
      </figcaption>
      <details>
        <summary>The same as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Day</th>
              <th scope="col">Hours</th>
            </tr>
          </thead>
          <tbody>
            <Row what="Done until today" day={today} hours={hoursDone} />
            <Row what="At the planned pace" day={planned} hours={hoursTotal} />
            <Row what="At your own pace, half of the futures" day={observed?.p50} hours={hoursTotal} />
            <Row what="At your own pace, four of five" day={observed?.p80} hours={hoursTotal} />
            <Row what="At your own pace, nineteen of twenty" day={observed?.p95} hours={hoursTotal} />
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Row({ what, day, hours }: { what: string; day: string | null | undefined; hours: number }) {
  if (!day) return null;
  return (
    <tr>
      <th scope="row">{what}</th>
      <td>{showDay(day)}</td>
      <td>{showHours(hours)}</td>
    </tr>
  );
}

function Axes({ start, end, most, scale }: { start: string; end: string; most: number; scale: Scale }) {
  return (
    <g class={styles["axes"]}>
      {marksUpTo(most, MARKS).map((hours) => (
        <g key={hours} transform={`translate(0 ${scale.y(hours)})`}>
          <line x2={scale.x(end)} />
          <text x="-8" dy="0.32em" text-anchor="end">
            {showHours(hours)}
          </text>
        </g>
      ))}
      <text y={scale.y(0) + 20}>{showMonth(start)}</text>
      <text x={scale.x(end)} y={scale.y(0) + 20} text-anchor="end">
        {showMonth(end)}
      </text>
    </g>
  );
}

interface ConeProps {
  from: Point;
  to: number;
  fan: Fan;
  end: string;
  scale: Scale;
}

/** From what is done today to the days of arrival: the narrow part holds half of the futures on its early side. */
function Cone({ from, to, fan, end, scale }: ConeProps) {
  const arrive = (day: string | null) => ({ day: day ?? end, hours: to });
  const area = (early: Point, late: Point) => `${pathOf([from, early, late], scale)}Z`;
  return (
    <>
      <path class={styles["wide"]} d={area(arrive(fan.p50), arrive(fan.p95))} />
      <path class={styles["narrow"]} d={area(arrive(fan.p50), arrive(fan.p80))} />
    </>
  );
}

function said({ hoursDone, hoursTotal, planned, observed }: BurnUpProps): string {
  const pace = observed?.p50 ? ` At your own pace so far it is ${showDay(observed.p50)}${observed.p80 ? `, and by ${showDay(observed.p80)} in four of five futures` : ""}.` : "";
  return `${showHoursInFull(hoursDone)} of ${showHoursInFull(hoursTotal)} are done. At the planned pace you arrive on ${showDay(planned)}.${pace}`;
}
