/** Which of the two has no roadmap, and why. */
import type { CombinedError } from "@urql/core";
import { ErrorNote, Note } from "../ui/note";

const SIDES = ["A", "B"] as const;

export function Failed({ error }: { error: CombinedError }) {
  const said = error.graphQLErrors.map(({ message, path, extensions }) => ({ message, side: sideOf(path, extensions["argument"]) }));
  if (said.length === 0 || said.some(({ side }) => side === undefined)) return <ErrorNote error={error} />;
  return (
    <Note tone="warn" live title="Not both of them have a roadmap">
      {said.map(({ message, side }) => (
        <p key={side + message}>
          <strong>{side}:</strong> {message}
        </p>
      ))}
    </Note>
  );
}

/** By where the answer is missing, `compareRoadmaps.options.1`, or by which argument is wrong, `inputs[1].prefer[0]`. */
function sideOf(path: readonly (string | number)[] | undefined, argument: unknown): (typeof SIDES)[number] | undefined {
  const index = path?.find((part) => typeof part === "number") ?? (typeof argument === "string" ? /^inputs\[(\d)\]/.exec(argument)?.[1] : undefined);
  return index === undefined ? undefined : SIDES[Number(index)];
}
