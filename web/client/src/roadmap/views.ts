/** What every view of a roadmap is given. Views know neither where the roadmap comes from nor the address of the page. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Plan, PlanStep } from "./model";

export interface ViewProps {
  plan: Plan;
  /** The key of the step in hand. */
  selected: string | undefined;
  onSelect: (key: string | undefined) => void;
  /** What can be done with a step, where it is followed. */
  actions?: ((step: PlanStep) => ComponentChildren) | undefined;
}

/** Where a view shows a step, so that the focus comes back to it. */
export const placeOf = (key: string) => ({ "data-step": key });

/** Scrolls to a step when it is opened, be it by a link to it or from the details of another one. What is in sight stays where it is. */
export function useScrollTo(key: string | undefined) {
  useEffect(() => {
    const place = key === undefined ? undefined : findPlace(key);
    if (!place) return;
    const { top, bottom } = place.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) place.scrollIntoView({ block: "center", behavior: "instant" });
  }, [key]);
}

/** The element that shows a step, in whatever view is open. */
export const findPlace = (key: string) => document.querySelector<HTMLElement>(`[data-step="${CSS.escape(key)}"]`);
