/** What can be done with a roadmap as a whole: keep it, take it elsewhere, hold it beside another. */
import { useState } from "preact/hooks";
import { useClient } from "@urql/preact";
import { Columns2, Download, Link, Printer } from "lucide";
import type { RoadmapFormat, RoadmapInput } from "../api/schema.generated";
import { SaveButton } from "../follow/save-button";
import { compareAddress } from "../compare/address";
import type { Asked } from "../question/use-question";
import { ExportDocument } from "../roadmap/exports.generated";
import type { Plan } from "../roadmap/model";
import { printPlan } from "../roadmap/print";
import { Button, ButtonLink } from "../ui/button";
import { copyText } from "../ui/clipboard";
import { Icon } from "../ui/icon";
import { later } from "../ui/later";

const Exports = later(() => import("../roadmap/exports").then((module) => module.Exports));

export function PlanActions({ plan, input, asked }: { plan: Plan; input: RoadmapInput; asked: Asked }) {
  const [isExporting, setExporting] = useState(false);
  const client = useClient();
  const exported = async (format: RoadmapFormat) => {
    const { data, error } = await client.query(ExportDocument, { input, format }).toPromise();
    return { text: data?.roadmap?.export, error };
  };
  const copyLink = () => copyText(location.href, "The link is copied. It has the whole question in it.");
  return (
    <>
      <SaveButton question={asked.question} plan={plan} edited={asked.edited} />
      <Button onClick={copyLink}>
        <Icon of={Link} /> Copy link
      </Button>
      <ButtonLink href={compareAddress(asked.question, asked.question)}>
        <Icon of={Columns2} /> Compare
      </ButtonLink>
      <Button onClick={() => setExporting(true)}>
        <Icon of={Download} /> Export
      </Button>
      <Button onClick={() => printPlan(input)}>
        <Icon of={Printer} /> Print
      </Button>
      {isExporting && <Exports plan={plan} from={exported} onClose={() => setExporting(false)} />}
    </>
  );
}
