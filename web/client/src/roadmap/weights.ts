/**
 * The weight of a step as people read it: that of a requirement of a role, from 1 to 3. The API's `weight` of a step is the sum over all requirements
 * that it is taken for, which says how much hangs on it and nothing about any one of them.
 */
import type { WeighingFragment } from "./roadmap.generated";
import { keyOf } from "./names";

/** Of each step, by key, the weights of the requirements that it can meet, the greatest first. */
export type Weights = ReadonlyMap<string, readonly number[]>;

export const MOST_WEIGHT = 3;

export function weightsOf(roles: readonly WeighingFragment[]): Weights {
  const weights = new Map<string, number[]>();
  for (const { weight, anyOf } of roles.flatMap(({ requires }) => requires)) {
    for (const step of anyOf) weights.set(keyOf(step), [...(weights.get(keyOf(step)) ?? []), weight]);
  }
  return new Map([...weights].map(([key, some]) => [key, some.toSorted((one, other) => other - one)]));
}

/** The weight of the weightiest requirement that a step is taken for. One that weighs more than all of them together is met by another step. */
export function ownWeight(weights: Weights, step: Parameters<typeof keyOf>[0], sum: number): number {
  return weights.get(keyOf(step))?.find((weight) => weight <= sum) ?? Math.min(sum, 1);
}
