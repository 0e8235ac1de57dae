/** The roles from the top down, beside the lines that lead from each to the one that it comes after. */
import type { LadderRow } from "../question/ladder-shape";
import { linesOf, type RowLines } from "./ladder-lines";
import styles from "./ladder-list.module.css";

export function LadderList({ rows, base }: { rows: LadderRow[]; base: string }) {
  const lines = linesOf(rows);
  const lanes = Math.max(0, ...rows.map(({ lane }) => lane)) + 1;
  return (
    <ol role="list" reversed class={styles["ladder"]}>
      {rows.map(({ rung, lane }, index) => (
        <li key={rung.slug}>
          <Lines lines={lines[index]} lane={lane} lanes={lanes} />
          <div class={styles["rung"]}>
            <h2>
              <a href={`${base}/${rung.slug}`}>{rung.title}</a>
            </h2>
            <p>{rung.summary}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

const LANE = 22;
const MIDDLE = 11;

/** The part of the picture beside one row, as tall as it: lines from above to its dot, from its dot down, and past it. */
function Lines({ lines, lane, lanes }: { lines: RowLines | undefined; lane: number; lanes: number }) {
  const place = (lane: number) => ({ left: `${lane * LANE + MIDDLE}px` });
  return (
    <span class={styles["lines"]} aria-hidden="true" style={{ width: `${lanes * LANE}px` }}>
      {lines?.above.map((lane) => <i key={`a${lane}`} class={styles["above"]} style={place(lane)} />)}
      {lines?.below.map((lane) => (
        <i key={`b${lane}`} class={lane === lines.bend && !lines.above.includes(lane) ? styles["belowBend"] : styles["below"]} style={place(lane)} />
      ))}
      {lines?.bend !== undefined && (
        <i class={styles["bend"]} style={{ ...place(lines.bend), width: `${(lane - lines.bend) * LANE}px` }} />
      )}
      <i class={styles["dot"]} style={place(lane)} />
    </span>
  );
}
