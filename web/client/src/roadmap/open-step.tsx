/** The step that is open, with what the question says about it: the details are asked for when they are wanted. */
import { useQuery } from "@urql/preact";
import type { ComponentChildren } from "preact";
import type { RoadmapInput } from "../api/schema.generated";
import { ErrorNote, Skeleton } from "../ui/note";
import { Aside } from "./aside";
import { StepDetailsDocument } from "./details.generated";
import type { PlanStep } from "./model";
import { StepDetails } from "./step-details";
import type { ViewProps } from "./views";

interface OpenStepProps extends Pick<ViewProps, "plan" | "onSelect"> {
  step: PlanStep;
  input: RoadmapInput;
  actions: (step: PlanStep) => ComponentChildren;
  onClose: () => void;
}

export function OpenStep({ step, input, onClose, ...given }: OpenStepProps) {
  const { topic, level } = step;
  const [{ data, error }] = useQuery({ query: StepDetailsDocument, variables: { input, topic, level } });
  return (
    <Aside about={step.key} title={step.title} onClose={onClose}>
      <StepDetails
        {...given}
        step={step}
        details={data?.roadmap?.step ?? undefined}
        waiting={error ? <ErrorNote error={error} /> : <Skeleton lines={6} label="Loading what it is learned from" />}
      />
    </Aside>
  );
}
