/** What would put right what is wrong at a place of the question, such as `input.skills[2].topic`: the nearest name that there is, or to take it back. */
import { printStep } from "../question/address";
import type { Question, StepName } from "../question/question";

export interface Fix {
  label: string;
  change: Partial<Question>;
}

type Listed = "goals" | "skills" | "gaps" | "prefer" | "avoid" | "pauses";

/** How to say that one of them is taken back. */
const TAKE_BACK: Record<Listed, string> = {
  goals: "Drop the goal",
  skills: "Drop the skill",
  gaps: "Drop the correction",
  prefer: "Don't insist on",
  avoid: "Don't leave out",
  pauses: "Drop the pause",
};

const isListed = (key: string): key is Listed => key in TAKE_BACK;

export function fixOf(argument: string, didYouMean: string | undefined, question: Question): Fix | undefined {
  const [, key = "", place, field] = /^input\.(\w+)(?:\[(\d+)\])?(?:\.(\w+))?/.exec(argument) ?? [];
  if (isListed(key) && place !== undefined) return listedFix(key, Number(place), field, didYouMean, question);
  if (key === "from" || key === "to") {
    return didYouMean ? { label: `Use ${didYouMean}`, change: { [key]: didYouMean } } : { label: "Choose another role", change: { [key]: undefined } };
  }
  if (key === "startOn" || key === "finishBy") return { label: key === "startOn" ? "Start today" : "Drop the last day", change: { [key]: undefined } };
  if (key === "hoursPerWeek") return { label: "Plan with 6 hours a week", change: { hoursPerWeek: 6 } };
  return undefined;
}

function listedFix(key: Listed, place: number, field: string | undefined, didYouMean: string | undefined, question: Question): Fix | undefined {
  const items = question[key] as unknown[];
  const item = items[place];
  if (item === undefined) return undefined;
  if (didYouMean !== undefined) {
    const better = typeof item === "string" ? didYouMean : { ...(item as StepName), [field ?? "topic"]: didYouMean };
    return { label: `Use ${didYouMean}`, change: { [key]: items.map((other) => (other === item ? better : other)) } };
  }
  return { label: `${TAKE_BACK[key]} ${nameOf(item)}`, change: { [key]: items.filter((other) => other !== item) } };
}

function nameOf(item: unknown): string {
  if (typeof item === "string") return item;
  return "topic" in (item as object) ? printStep(item as StepName) : Object.values(item as object).join(" to ");
}
