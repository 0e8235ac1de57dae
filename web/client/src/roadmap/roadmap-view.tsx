/** A roadmap: how long, how sure, until when; and its views. */
import type { RoadmapInput } from "../api/schema.generated";
import type { Asked } from "../question/use-question";
import type { Plan } from "./model";

export interface RoadmapViewProps {
  plan: Plan;
  /** What it is the answer to: details, choices and resources are asked for by it. */
  input: RoadmapInput;
  asked: Asked;
  /** Whether another answer is on its way. */
  isOld: boolean;
}

export function RoadmapView({ plan }: RoadmapViewProps) {
  return <p>{plan.hours}</p>;
}
