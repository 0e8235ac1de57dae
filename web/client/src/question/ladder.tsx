/** Where one is and where to, chosen on the career ladder: two columns of radio buttons beside its picture. */
import { useQuery } from "@urql/preact";
import { ErrorNote, Skeleton } from "../ui/note";
import { ladderRows, wayBetween, type LadderRow } from "./ladder-shape";
import { LadderDocument } from "./question.generated";
import styles from "./ladder.module.css";

interface LadderProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (change: { from?: string | undefined; to?: string | undefined }) => void;
}

/** Of a row and of a lane, in pixels; the style sheet has the same height. */
const ROW = 38;
const LANE = 18;
const RADIUS = 6;

export function Ladder({ from, to, onChange }: LadderProps) {
  const [{ data, error }] = useQuery({ query: LadderDocument });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) {
    return (
      <div class={styles["loading"]}>
        <Skeleton lines={8} label="Loading the career ladder" />
      </div>
    );
  }
  const rows = ladderRows(data.roles);
  const way = wayBetween(data.roles, from, to);
  return (
    <div class={styles["ladder"]}>
      <div class={styles["columns"]} aria-hidden="true">
        <span>I am</span>
        <span>Go to</span>
      </div>
      <div class={styles["rows"]}>
        <Picture rows={rows} way={way} from={from} to={to} />
        <ol role="list" class={styles["names"]}>
          {rows.map(({ rung }) => (
            <li key={rung.slug} class={way.has(rung.slug) ? styles["onWay"] : undefined} title={rung.summary}>
              <span class={styles["name"]}>{rung.title}</span>
              <Choice name="from" label={`I am: ${rung.title}`} checked={from === rung.slug} onChoose={() => onChange({ from: rung.slug })} />
              <Choice name="to" label={`Go to: ${rung.title}`} checked={to === rung.slug} onChoose={() => onChange({ to: rung.slug })} />
            </li>
          ))}
          <li>
            <span class={styles["name"]}>None of these yet</span>
            <Choice name="from" label="I am: none of these yet" checked={from === undefined} onChoose={() => onChange({ from: undefined })} />
            <Choice name="to" label="Go to: no role, my own goals alone" checked={to === undefined} onChoose={() => onChange({ to: undefined })} />
          </li>
        </ol>
      </div>
    </div>
  );
}

function Choice({ name, label, checked, onChoose }: { name: "from" | "to"; label: string; checked: boolean; onChoose: () => void }) {
  return (
    <label class={styles["choice"]}>
      <input type="radio" name={`ladder-${name}`} checked={checked} onChange={onChoose} aria-label={label} />
      <span aria-hidden="true" class={name === "from" ? styles["here"] : styles["there"]} />
    </label>
  );
}

interface PictureProps {
  rows: LadderRow[];
  way: Set<string>;
  from: string | undefined;
  to: string | undefined;
}

function Picture({ rows, way, from, to }: PictureProps) {
  const lanes = Math.max(0, ...rows.map(({ lane }) => lane)) + 1;
  const isLit = (row: LadderRow) => way.has(row.rung.slug) && row.rung.after !== null && way.has(row.rung.after.slug);
  // What is lit is drawn last, over what it shares with others.
  const lines = rows.filter(({ afterRow }) => afterRow !== undefined).toSorted((one, other) => Number(isLit(one)) - Number(isLit(other)));
  return (
    <svg class={styles["picture"]} width={lanes * LANE + 8} height={rows.length * ROW} aria-hidden="true">
      {lines.map((row) => (
        <path key={row.rung.slug} d={wayDown(row)} class={isLit(row) ? styles["litLine"] : styles["line"]} />
      ))}
      {rows.map(({ rung, lane, row }) => {
        const mark = rung.slug === to ? "to" : rung.slug === from ? "from" : way.has(rung.slug) ? "lit" : "dot";
        return <circle key={rung.slug} cx={xOf(lane)} cy={yOf(row)} r={mark === "dot" ? RADIUS - 1 : RADIUS} class={styles[mark]} />;
      })}
    </svg>
  );
}

const xOf = (lane: number) => lane * LANE + 11;
const yOf = (row: number) => row * ROW + ROW / 2;

/** From a role down to the one below: straight, or round a corner where it branches off. */
function wayDown({ lane, row, afterLane = 0, afterRow = 0 }: LadderRow): string {
  const [x, y, below, ground] = [xOf(lane), yOf(row), xOf(afterLane), yOf(afterRow)];
  if (lane === afterLane) return `M${x} ${y}V${ground}`;
  const bend = x - below;
  return `M${x} ${y}Q${below} ${y} ${below} ${y + bend}V${ground}`;
}
