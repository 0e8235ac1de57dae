/** A value that parts of the page share and are told of. */
import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** Calls back at each change; gives what ends that. */
  follow(told: (value: T) => void): () => void;
}

export function store<T>(initial: T): Store<T> {
  let value = initial;
  const followers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const told of followers) told(value);
    },
    follow(told) {
      followers.add(told);
      return () => followers.delete(told);
    },
  };
}

export function useStore<T>(shared: Store<T>): T {
  const [value, setValue] = useState(shared.get());
  useEffect(() => {
    setValue(() => shared.get());
    return shared.follow((next) => setValue(() => next));
  }, [shared]);
  return value;
}
