/** Something of the catalogue in a list: its name as a link, what it is, and small facts. The whole of it can be clicked. */
import type { ComponentChildren } from "preact";
import styles from "./card.module.css";

interface CardProps {
  href: string;
  title: string;
  /** Small, above the title. */
  above?: ComponentChildren;
  children?: ComponentChildren;
  facts?: ComponentChildren;
}

export function Card({ href, title, above, children, facts }: CardProps) {
  return (
    <article class={styles["card"]}>
      {above && <p class={styles["above"]}>{above}</p>}
      <h2>
        <a href={href}>{title}</a>
      </h2>
      {children && <p class={styles["text"]}>{children}</p>}
      {facts && <div class={styles["facts"]}>{facts}</div>}
    </article>
  );
}
