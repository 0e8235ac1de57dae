/** Languages by name, in that of the reader. */

/** Those that are offered; an address may name any other. */
export const LANGUAGES = ["en", "zh", "es", "pt", "fr", "de", "ja", "ko", "ru", "it", "pl"];

const names = new Intl.DisplayNames(navigator.languages, { type: "language" });

export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
