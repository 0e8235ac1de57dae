/** What has just been done, said for a moment at the foot of the page, and to those who hear it. */
import { store, useStore } from "../api/store";
import styles from "./toasts.module.css";

interface Toast {
  id: number;
  text: string;
}

const SHOWN_FOR = 5000;
const toasts = store<Toast[]>([]);
let last = 0;

export function say(text: string) {
  const toast = { id: ++last, text };
  toasts.set([...toasts.get(), toast]);
  setTimeout(() => toasts.set(toasts.get().filter((other) => other !== toast)), SHOWN_FOR);
}

export function Toasts() {
  const shown = useStore(toasts);
  return (
    <div class={styles["toasts"]} role="status">
      {shown.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
