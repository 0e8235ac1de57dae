/** The names of the milestones over their columns: they stay at the upper edge while the graph moves below, as large as ever. */
import { useMemo, useRef } from "preact/hooks";
import type { ZoomTransform } from "d3-zoom";
import { wayColour } from "../marks";
import type { Plan } from "../model";
import type { Placement } from "./placement";
import styles from "./heads.module.css";

interface HeadsState {
  elements: Map<number, HTMLElement>;
  move: (at: Pick<ZoomTransform, "x" | "k">) => void;
}

export function useHeads({ bands }: Placement): HeadsState {
  const elements = useRef(new Map<number, HTMLElement>()).current;
  return useMemo(() => {
    const move = ({ x, k }: Pick<ZoomTransform, "x" | "k">) => {
      for (const { milestone, left, width } of bands) {
        const element = elements.get(milestone);
        if (!element) continue;
        const start = x + left * k;
        element.style.transform = `translateX(${Math.max(0, start)}px)`;
        element.style.width = `${Math.max(0, width * k + Math.min(0, start))}px`;
      }
    };
    return { elements, move };
  }, [bands]);
}

export function Heads({ plan, placement, heads }: { plan: Plan; placement: Placement; heads: HeadsState }) {
  return (
    <div class={styles["heads"]}>
      {placement.bands.map(({ milestone }) => (
        <span
          key={milestone}
          class={`${styles["head"]} ${wayColour(milestone)}`}
          ref={(element) => {
            if (element) heads.elements.set(milestone, element);
            else heads.elements.delete(milestone);
          }}
        >
          <span>{plan.milestones[milestone]?.title}</span>
        </span>
      ))}
    </div>
  );
}
