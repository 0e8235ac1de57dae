/** Prints a roadmap: as a list, whatever view is open, since paper neither scrolls nor zooms. */
import type { Asked } from "../question/use-question";

export function printPlan({ view, look }: Pick<Asked, "view" | "look">) {
  if (view === "list") return print();
  look("list");
  addEventListener("afterprint", () => look(view), { once: true });
  // Two frames: one draws the list, the next is after that.
  requestAnimationFrame(() => requestAnimationFrame(() => print()));
}
