/**
 * The names of the milestones over their columns: they stay at the upper edge while the graph moves below, as large as ever. Each is moved by a transform
 * alone, and left out where its columns are narrower than it, so that nothing has to be painted anew while a hand moves the graph.
 */
import { useMemo, useRef } from "preact/hooks";
import type { ZoomTransform } from "d3-zoom";
import { wayColour } from "../marks";
import type { Plan } from "../model";
import type { Placement } from "./placement";
import styles from "./heads.module.css";

interface Head {
  element: HTMLElement;
  /** How wide the name is, in pixels. */
  width: number;
}

interface Heads {
  keep: (milestone: number, element: HTMLElement | null) => void;
  move: (at: Pick<ZoomTransform, "x" | "k">) => void;
}

export function useHeads({ bands }: Placement): Heads {
  const heads = useRef(new Map<number, Head>()).current;
  return useMemo(() => {
    const keep = (milestone: number, element: HTMLElement | null) => {
      if (element) heads.set(milestone, { element, width: element.offsetWidth });
      else heads.delete(milestone);
    };
    const move = ({ x, k }: Pick<ZoomTransform, "x" | "k">) => {
      for (const { milestone, left, width } of bands) {
        const head = heads.get(milestone);
        if (!head) continue;
        const [start, end] = [Math.max(0, x + left * k), x + (left + width) * k];
        head.element.style.transform = `translateX(${start}px)`;
        head.element.toggleAttribute("data-cramped", end - start < head.width);
      }
    };
    return { keep, move };
  }, [bands]);
}

export function Heads({ plan, placement, heads }: { plan: Plan; placement: Placement; heads: Heads }) {
  return (
    <div class={styles["heads"]}>
      {placement.bands.map(({ milestone }) => (
        <span key={milestone} class={`${styles["head"]} ${wayColour(milestone)}`} ref={(element) => heads.keep(milestone, element)}>
          {plan.milestones[milestone]?.title}
        </span>
      ))}
    </div>
  );
}
