/** The question that the address asks, and what else is open on the page: all of it is in the address, so that a link leads to the same. */
import { useCallback, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { parseQuestion, parseStep, printQuestion, printStep } from "./address";
import type { Question, StepName } from "./question";

export const VIEWS = ["timeline", "graph", "list", "choices", "resources"] as const;
export type View = (typeof VIEWS)[number];

export interface Asked {
  question: Question;
  view: View;
  /** The step whose details are open. */
  step: StepName | undefined;
  /** Asks otherwise. What is typed or dragged takes the place of the address; what is chosen can be taken back by going back. */
  ask: (change: Partial<Question>, how?: "chosen" | "typed") => void;
  look: (view: View) => void;
  open: (step: StepName | undefined) => void;
  /** The id of the kept roadmap whose wishes the question is to become. */
  edited: string | undefined;
}

/** The address of a question, with what is open on it. */
export function addressOf(question: Question, view: View = "timeline", step?: StepName, edited?: string): string {
  const rest = [view !== "timeline" && `view=${view}`, step && `step=${printStep(step)}`, edited && `edit=${encodeURIComponent(edited)}`].filter(Boolean);
  const query = [printQuestion(question), ...rest].filter(Boolean).join("&");
  return query ? `/plan?${query}` : "/plan";
}

export function useQuestion(): Asked {
  const { query, route } = useLocation();
  const question = useMemo(() => parseQuestion(query), [JSON.stringify(query)]);
  const view = VIEWS.find((one) => one === query["view"]) ?? "timeline";
  const step = query["step"] === undefined ? undefined : parseStep(query["step"]);
  const edited = query["edit"];
  const ask = useCallback(
    (change: Partial<Question>, how: "chosen" | "typed" = "chosen") => route(addressOf({ ...question, ...change }, view, undefined, edited), how === "typed"),
    [question, view, edited, route],
  );
  const look = useCallback((next: View) => route(addressOf(question, next, step, edited)), [question, step, edited, route]);
  const open = useCallback((next: StepName | undefined) => route(addressOf(question, view, next, edited), true), [question, view, edited, route]);
  return { question, view, step, ask, look, open, edited };
}
