/** The frame of a page: its one heading, which takes the focus when one comes to the page by a link in it, and what stands below. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useTitle } from "./title";
import styles from "./page.module.css";

interface PageProps {
  /** The heading, and what the window is called. */
  title: string;
  /** A line under the heading. */
  lead?: ComponentChildren;
  /** What can be done with what the page shows. */
  actions?: ComponentChildren;
  /** As wide as the window. */
  wide?: boolean;
  children: ComponentChildren;
}

/** Whether this is the first page that is shown: there the browser sees to the focus. */
let isFirst = true;

export function Page({ title, lead, actions, wide, children }: PageProps) {
  useTitle(title);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) head.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <div class={`${styles["page"]} ${wide ? styles["wide"] : ""}`}>
      <div class={styles["head"]}>
        <div>
          <h1 ref={head} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class={styles["lead"]}>{lead}</p>}
        </div>
        {actions && <div class={styles["actions"]}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
