/** Resources in the order in which a roadmap needs them. */
import { stepName } from "../../question/question";
import type { Proficiency } from "../../api/schema.generated";
import type { Plan } from "../model";

interface Covering {
  covers: readonly { step: { level: Proficiency; topic: { slug: string } } }[];
}

export function inOrder<T extends Covering>(picks: readonly T[], { byKey }: Pick<Plan, "byKey">): T[] {
  const first = ({ covers }: Covering) => Math.min(Infinity, ...covers.map(({ step }) => byKey.get(stepName({ topic: step.topic.slug, level: step.level }))?.position ?? Infinity));
  const firsts = new Map(picks.map((pick) => [pick, first(pick)]));
  return picks.toSorted((one, other) => (firsts.get(one) ?? 0) - (firsts.get(other) ?? 0));
}
