/** A value once it has not changed for some milliseconds: what is typed is asked for when the typing pauses. */
import { useEffect, useState } from "preact/hooks";

export function useSettled<T>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
