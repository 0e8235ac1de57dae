/** How much hangs on a step, in a sentence. */
import { showCount } from "../format/format";

export function inWords({ blockingFactor, delayFactor }: { blockingFactor: number; delayFactor: number }): string {
  const waiting =
    blockingFactor === 0 ? "No other step of the catalogue waits for it" : `${showCount(blockingFactor, "other step")} of the catalogue ${blockingFactor === 1 ? "waits" : "wait"} for it, directly or through others`;
  const chain = delayFactor <= 1 ? "it stands alone" : `the longest chain through it has ${showCount(delayFactor, "step")}`;
  return `${waiting}; ${chain}.`;
}
