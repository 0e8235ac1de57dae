/** What is told beside a view: at its side where there is room, else in a window in front of it. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { X } from "lucide";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { useMedia } from "../ui/use-media";
import styles from "./aside.module.css";

interface AsideProps {
  /** What it is about: with another one it begins anew. */
  about: string;
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

const ROOM = "(min-width: 64rem)";

export function Aside(props: AsideProps) {
  const { about, ...window } = props;
  return useMedia(ROOM) ? <Beside {...props} /> : <Dialog key={about} {...window} side />;
}

function Beside({ about, title, onClose, children }: AsideProps) {
  const id = useId();
  const place = useRef<HTMLElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    place.current?.scrollTo({ top: 0 });
    // Whoever opened it by a control goes on in it; whoever came by a link begins at the top of the page.
    if (!isFirst.current || document.activeElement !== document.body) head.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [about]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // What is typed into has its own use for Escape, and so has a window in front.
      const isTaken = event.defaultPrevented || event.target instanceof HTMLInputElement || document.querySelector("dialog[open], :popover-open") !== null;
      if (event.key === "Escape" && !isTaken) onClose();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [onClose]);
  return (
    <section ref={place} data-details class={styles["beside"]} aria-labelledby={id}>
      <header>
        <h2 id={id} ref={head} tabIndex={-1}>
          {title}
        </h2>
        <Button look="quiet" small onClick={onClose} aria-label="Close the details">
          <Icon of={X} />
        </Button>
      </header>
      {children}
    </section>
  );
}
