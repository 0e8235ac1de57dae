/** Texts as files, and on the clipboard. */
import type { Plan } from "../model";

export const fileName = ({ from, to }: Pick<Plan, "from" | "to">, ending: string) =>
  `${["roadmap", from && `from-${from.slug}`, to && `to-${to.slug}`].filter(Boolean).join("-")}.${ending}`;

/** How long a browser may take to begin with a file, in milliseconds. */
const PATIENCE = 30_000;

/** Gives a text to the browser as a file. */
export function download(text: string, type: string, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}

/** Copies a text that is on its way: the clipboard is opened at once, since browsers allow that only right after a click. */
export function copyLater(text: Promise<string>): Promise<void> {
  const blob = text.then((body) => new Blob([body], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}
