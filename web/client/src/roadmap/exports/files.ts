/** What exported files are called, and texts on the clipboard. */
import type { Plan } from "../model";

export const fileName = ({ from, to }: Pick<Plan, "from" | "to">, ending: string) =>
  `${["roadmap", from && `from-${from.slug}`, to && `to-${to.slug}`].filter(Boolean).join("-")}.${ending}`;

/** Copies a text that is on its way: the clipboard is opened at once, since browsers allow that only right after a click. */
export async function copyLater(text: Promise<string>): Promise<void> {
  const blob = text.then((body) => new Blob([body], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}
