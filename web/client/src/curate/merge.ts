/** Three forms made one: what was loaded, what was typed into it since, and what others have made of it meanwhile. */

type Fields = Record<string, unknown>;

export interface Merged<T> {
  form: T;
  /** Where both have changed the same thing, each otherwise: what was typed stays there. */
  clashes: string[][];
}

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  if (!isFields(one) || !isFields(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isEqual(one[key], other[key]));
}

/** Objects are merged field by field; anything else, lists too, is one value. */
export function merge<T>(original: T, typed: T, latest: T): Merged<T> {
  const clashes: string[][] = [];
  return { form: mergeValue(original, typed, latest, [], clashes) as T, clashes };
}

function mergeValue(original: unknown, typed: unknown, latest: unknown, path: string[], clashes: string[][]): unknown {
  if (isEqual(typed, original) || isEqual(typed, latest)) return latest;
  if (isEqual(latest, original)) return typed;
  if (!isFields(typed) || !isFields(latest)) {
    clashes.push(path);
    return typed;
  }
  const before = isFields(original) ? original : {};
  const keys = new Set([...Object.keys(latest), ...Object.keys(typed)]);
  const merged: Fields = {};
  for (const key of keys) {
    const value = mergeValue(before[key], typed[key], latest[key], [...path, key], clashes);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}
