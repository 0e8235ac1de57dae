/** What the window is called, which is also what those who hear the page are told when they come to it. */
import { useEffect } from "preact/hooks";

export function useTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · Waymark` : "Waymark";
  }, [title]);
}
