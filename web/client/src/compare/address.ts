/** Two questions in one address: each as its own address has it, under `a` and `b`. */
import { parseQuestion, printQuestion } from "../question/address";
import type { Question } from "../question/question";

export function compareAddress(one: Question, other: Question): string {
  return `/compare?a=${encodeURIComponent(printQuestion(one))}&b=${encodeURIComponent(printQuestion(other))}`;
}

export function parseCompared(query: Record<string, string | undefined>): [Question, Question] {
  const read = (text: string | undefined) => parseQuestion(Object.fromEntries(new URLSearchParams(text ?? "")));
  return [read(query["a"]), read(query["b"])];
}
