/** Prints a roadmap: as a list, whatever view is open, since paper neither scrolls nor zooms. */
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ONCE, client } from "../api/client";
import type { RoadmapInput } from "../api/schema.generated";
import type { Plan } from "./model";
import { PrintSheet } from "./print-sheet";
import { ResourcePlanDocument, type WithResourcesFragment } from "./resources.generated";
import styles from "./print-sheet.module.css";

/** With resources and practice, which are asked for first; without them if the server is out of reach. */
export async function printPlan(input: RoadmapInput) {
  await client.query(ResourcePlanDocument, { input }, ONCE).toPromise();
  print();
}

/** The resources and practice of a roadmap, if they have been asked for. */
export const chosenFor = (input: RoadmapInput) => client.readQuery(ResourcePlanDocument, { input })?.data?.roadmap;

interface Printing {
  /** What has been asked for of resources and practice. */
  read: () => WithResourcesFragment | null | undefined;
  /** Asks for it, and prints. */
  printAll: () => Promise<void>;
}

/**
 * Puts the sheet in place of the page whenever the browser prints. It is drawn at once, outside of the page's own tree, since the browser does not wait:
 * resources and practice are on it if they have been asked for before. The keys that print ask first, as the button does.
 */
export function usePrintSheet(plan: Plan | undefined, printing: Printing) {
  const latest = useRef(printing);
  latest.current = printing;
  useEffect(() => {
    if (!plan) return undefined;
    const place = document.createElement("div");
    place.className = styles["sheet"] ?? "";
    const before = () => {
      document.body.append(place);
      render(<PrintSheet plan={plan} chosen={latest.current.read() ?? undefined} address={location.href} />, place);
    };
    const after = () => {
      render(null, place);
      place.remove();
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void latest.current.printAll();
    };
    addEventListener("keydown", pressed);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("keydown", pressed);
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      after();
    };
  }, [plan]);
}
