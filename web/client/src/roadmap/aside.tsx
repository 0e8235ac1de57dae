/** What is told beside a view: at its side where there is room, else in a window in front of it. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { X } from "lucide";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import styles from "./aside.module.css";

interface AsideProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

const ROOM = "(min-width: 80rem)";

export function Aside({ title, onClose, children }: AsideProps) {
  const hasRoom = useMedia(ROOM);
  return hasRoom ? (
    <Beside title={title} onClose={onClose}>
      {children}
    </Beside>
  ) : (
    <Dialog title={title} onClose={onClose} side>
      {children}
    </Dialog>
  );
}

function Beside({ title, onClose, children }: AsideProps) {
  const id = useId();
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollTo({ top: 0 }), [title]);
  return (
    <section
      ref={place}
      class={styles["beside"]}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" small onClick={onClose} aria-label="Close the details">
          <Icon of={X} />
        </Button>
      </header>
      {children}
    </section>
  );
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const told = () => setMatches(media.matches);
    media.addEventListener("change", told);
    return () => media.removeEventListener("change", told);
  }, [query]);
  return matches;
}
