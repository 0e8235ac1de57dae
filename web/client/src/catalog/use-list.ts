/** The state of a list, kept in the address: what is typed takes the place of it, what is chosen can be taken back by going back. */
import { useCallback, useMemo } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { changeList, parseList, printList, type ListState } from "./list-address";

export type ChangeList<Key extends string> = (change: Partial<ListState<Key>>, how?: "chosen" | "typed") => void;

export function useList<Key extends string>(keys: readonly Key[]): [ListState<Key>, ChangeList<Key>] {
  const { path, query, route } = useLocation();
  const state = useMemo(() => parseList(keys, query), [JSON.stringify(query)]);
  const change = useCallback<ChangeList<Key>>(
    (change, how = "chosen") => route(printList(path, keys, changeList(state, change)), how === "typed"),
    [path, state, route],
  );
  return [state, change];
}

/** One of the values that there are, or nothing. */
export const oneOf = <T extends string>(values: readonly T[], value: string): T | undefined => values.find((one) => one === value);
