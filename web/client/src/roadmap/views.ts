/** What every view of a roadmap is given. */
import type { ComponentChildren } from "preact";
import type { Plan, PlanStep } from "./model";

export interface ViewProps {
  plan: Plan;
  /** The key of the step in hand. */
  selected: string | undefined;
  onSelect: (key: string | undefined) => void;
  /** What can be done with a step, where it is followed. */
  actions?: ((step: PlanStep) => ComponentChildren) | undefined;
}
