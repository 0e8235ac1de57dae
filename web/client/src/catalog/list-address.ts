/** What a list is asked for, as the query of its address: the search, the filters, the order, and how many pages of it are shown. */

export type ListState<Key extends string> = Record<Key, string> & { pages: number };

const MOST_PAGES = 50;

export function parseList<Key extends string>(keys: readonly Key[], query: Record<string, string | undefined>): ListState<Key> {
  const pages = Math.trunc(Number(query["pages"] ?? 1));
  const values = Object.fromEntries(keys.map((key) => [key, query[key] ?? ""])) as Record<Key, string>;
  return { ...values, pages: pages >= 1 && pages <= MOST_PAGES ? pages : 1 };
}

/** The address; what is as usual is left out of it. */
export function printList<Key extends string>(path: string, keys: readonly Key[], state: ListState<Key>): string {
  const query = new URLSearchParams();
  for (const key of keys) if (state[key] !== "") query.set(key, state[key]);
  if (state.pages > 1) query.set("pages", String(state.pages));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Asked otherwise, a list is shown from its beginning. */
export function changeList<Key extends string>(state: ListState<Key>, change: Partial<ListState<Key>>): ListState<Key> {
  return { ...state, pages: 1, ...change };
}
