/** Prints a roadmap: as a list, whatever view is open, since paper neither scrolls nor zooms. */
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { client } from "../api/client";
import type { RoadmapInput } from "../api/schema.generated";
import type { Plan } from "./model";
import { PrintSheet } from "./print-sheet";
import { ResourcePlanDocument } from "./resources.generated";
import styles from "./print-sheet.module.css";

/** By the button: with the resources, which are asked for first. */
export async function printPlan(input: RoadmapInput) {
  await client.query(ResourcePlanDocument, { input }).toPromise();
  print();
}

/**
 * Puts the sheet in place of the page whenever the browser prints. It is drawn at once, outside of the page's own tree, since the browser does not wait;
 * resources are on it if they have been asked for before.
 */
export function usePrintSheet(plan: Plan, input: RoadmapInput | undefined) {
  useEffect(() => {
    const place = document.createElement("div");
    place.className = styles["sheet"] ?? "";
    const before = () => {
      const chosen = input && client.readQuery(ResourcePlanDocument, { input })?.data?.roadmap?.resources;
      document.body.append(place);
      render(<PrintSheet plan={plan} chosen={chosen} address={location.href} />, place);
    };
    const after = () => {
      render(null, place);
      place.remove();
    };
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      after();
    };
  }, [plan, input]);
}
