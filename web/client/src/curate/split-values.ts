/** The values of a field of a difference: several are divided by commas; those that have commas of their own stand in quotation marks. */

const VALUE = /\s*"((?:[^"\\]|\\.)*)"|[^,]+/g;

/** Fields whose values are lists. */
const LISTS = new Set(["aliases", "requires", "recommends", "covers", "authors"]);

export interface Split {
  kept: string[];
  gone: string[];
  come: string[];
}

function split(text: string | null): string[] {
  // An alternative in brackets, or in parentheses, is part of one value.
  const parts = [...(text ?? "").matchAll(VALUE)].map(([whole, quoted]) => (quoted ?? whole).trim());
  const joined: string[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last !== undefined && isOpen(last)) joined[joined.length - 1] = `${last}, ${part}`;
    else if (part !== "") joined.push(part);
  }
  return joined;
}

const count = (text: string, sign: string) => text.split(sign).length - 1;
const isOpen = (text: string) => count(text, "[") > count(text, "]") || count(text, "(") > count(text, ")");

/** What of a list stays, goes and comes; nothing for a field that is no list. */
export function splitValues(name: string, before: string | null, after: string | null): Split | undefined {
  if (!LISTS.has(name)) return undefined;
  const [old, fresh] = [split(before), split(after)];
  const is = new Set(fresh);
  const was = new Set(old);
  return { kept: fresh.filter((one) => was.has(one)), gone: old.filter((one) => !is.has(one)), come: fresh.filter((one) => !was.has(one)) };
}
