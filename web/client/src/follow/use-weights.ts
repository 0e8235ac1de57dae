/** What the roles ask for, so that a kept step shows the weight of a requirement and not the sum that was recorded for it. */
import { useMemo } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { RoleWeightsDocument } from "../roadmap/roadmap.generated";
import { weightsOf, type Weights } from "../roadmap/weights";

export function useWeights(): Weights {
  const [{ data }] = useQuery({ query: RoleWeightsDocument });
  return useMemo(() => weightsOf(data?.roles ?? []), [data]);
}
