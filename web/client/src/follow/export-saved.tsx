/** A kept roadmap to take away, and on paper. */
import { useState } from "preact/hooks";
import { useClient } from "@urql/preact";
import { Download, Printer } from "lucide";
import { ONCE } from "../api/client";
import type { RoadmapFormat } from "../api/schema.generated";
import { Exports } from "../roadmap/exports";
import type { Plan } from "../roadmap/model";
import { usePrintSheet } from "../roadmap/print";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { ExportSavedDocument, SavedResourcesDocument } from "./saved.generated";

interface ExportSavedProps {
  id: string;
  plan: Plan;
  /** Where the catalogue has moved on there is nothing to export before it is planned anew. */
  isOutdated: boolean;
}

export function ExportSaved({ id, plan, isOutdated }: ExportSavedProps) {
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  const printAll = async () => {
    if (!isOutdated) await client.query(SavedResourcesDocument, { id }, ONCE).toPromise();
    print();
  };
  usePrintSheet(plan, { read: () => client.readQuery(SavedResourcesDocument, { id })?.data?.savedRoadmap?.roadmap, printAll });
  const exported = async (format: RoadmapFormat) => {
    const { data, error } = await client.query(ExportSavedDocument, { id, format }).toPromise();
    return { text: data?.savedRoadmap?.roadmap?.export, error };
  };
  return (
    <>
      <Button disabled={isOutdated} title={isOutdated ? "Plan anew first" : undefined} onClick={() => setOpen(true)}>
        <Icon of={Download} /> Export
      </Button>
      <Button onClick={printAll}>
        <Icon of={Printer} /> Print
      </Button>
      {isOpen && <Exports plan={plan} from={exported} onClose={() => setOpen(false)} />}
    </>
  );
}
