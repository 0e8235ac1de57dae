/** A text as a file. */

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
