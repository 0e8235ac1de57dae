/** A form that is edited: loaded, typed into, kept in the window until it is saved, and brought up to date with what others do meanwhile. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { CombinedError } from "@urql/core";
import { isEqual, merge } from "./merge";
import { forget, keep, keptAt } from "./kept";
import type { Kind, NamedForm } from "./kind";

export interface Editing<Form> {
  original: Form | undefined;
  form: Form;
  message: string;
  revision: number;
  isChanged: boolean;
  /** What others have changed too, and what was typed stays. */
  clashes: string[][];
  /** Whether it was typed before, in this window. */
  isFromBefore: boolean;
  change: (change: Partial<Form>) => void;
  say: (message: string) => void;
  discard: () => void;
  /** Takes over what the catalogue says now, and keeps what was typed. */
  reload: () => Promise<void>;
  /** It is saved, or gone: nothing of it is kept. */
  settle: () => void;
}

export type Opened<Form> = { state: "loading" } | { state: "missing" } | { state: "error"; error: CombinedError } | { state: "open"; editing: Editing<Form> };

interface Held<Form> {
  original: Form | undefined;
  form: Form;
  message: string;
  revision: number;
  clashes: string[][];
  isFromBefore: boolean;
}

/** `slug` is nothing for what is new. */
export function useEditing<Form extends NamedForm>(kind: Kind<Form>, slug: string | undefined): Opened<Form> {
  const path = slug === undefined ? `new/${kind.one}` : `${kind.part}/${slug}`;
  const [held, setHeld] = useState<Held<Form>>();
  const [failed, setFailed] = useState<CombinedError | "missing">();

  const load = useCallback(async () => {
    const loaded = await kind.load(slug ?? "");
    if ("error" in loaded) return setFailed(loaded.error);
    const { form: latest, revision } = loaded;
    if (slug !== undefined && latest === null) return setFailed("missing");
    setFailed(undefined);
    setHeld((last) => {
      const typed = last ?? keptAt<Form>(path);
      const original = slug === undefined ? undefined : (latest ?? undefined);
      const base = original ?? kind.blank;
      if (!typed) return { original, form: base, message: "", revision, clashes: [], isFromBefore: false };
      const merged = merge(typed.original ?? kind.blank, typed.form, base);
      const isFromBefore = last ? last.isFromBefore : !isEqual(merged.form, base);
      return { original, form: merged.form, message: typed.message, revision, clashes: merged.clashes, isFromBefore };
    });
  }, [kind, slug, path]);

  useEffect(() => void load(), [load]);

  if (failed === "missing") return { state: "missing" };
  if (failed && !held) return { state: "error", error: failed };
  if (!held) return { state: "loading" };

  const base = held.original ?? kind.blank;
  const set = (next: Held<Form>) => {
    setHeld(next);
    if (isEqual(next.form, base)) forget(path);
    else keep(path, { original: next.original, form: next.form, message: next.message });
  };
  return {
    state: "open",
    editing: {
      ...held,
      isChanged: !isEqual(held.form, base),
      change: (change) => set({ ...held, form: { ...held.form, ...change } }),
      say: (message) => set({ ...held, message }),
      discard: () => set({ ...held, form: base, message: "", clashes: [], isFromBefore: false }),
      reload: load,
      settle() {
        forget(path);
        setHeld({ ...held, original: held.form, message: "", clashes: [], isFromBefore: false });
      },
    },
  };
}
