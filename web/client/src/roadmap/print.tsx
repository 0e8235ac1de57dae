/** Prints a roadmap: as a list, whatever view is open, since paper neither scrolls nor zooms. */
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { client } from "../api/client";
import type { RoadmapInput } from "../api/schema.generated";
import type { Plan } from "./model";
import { PrintSheet } from "./print-sheet";
import { ResourcePlanDocument, type WithResourcesFragment } from "./resources.generated";
import styles from "./print-sheet.module.css";

/** By the button: with resources and practice, which are asked for first. */
export async function printPlan(input: RoadmapInput) {
  await client.query(ResourcePlanDocument, { input }).toPromise();
  print();
}

/** The resources and practice of a roadmap, if they have been asked for. */
export const chosenFor = (input: RoadmapInput) => client.readQuery(ResourcePlanDocument, { input })?.data?.roadmap;

/**
 * Puts the sheet in place of the page whenever the browser prints. It is drawn at once, outside of the page's own tree, since the browser does not wait;
 * resources and practice are on it if they have been asked for before, and `read` has them.
 */
export function usePrintSheet(plan: Plan | undefined, read: () => WithResourcesFragment | null | undefined) {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (!plan) return undefined;
    const place = document.createElement("div");
    place.className = styles["sheet"] ?? "";
    const before = () => {
      document.body.append(place);
      render(<PrintSheet plan={plan} chosen={latest.current() ?? undefined} address={location.href} />, place);
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
  }, [plan]);
}
