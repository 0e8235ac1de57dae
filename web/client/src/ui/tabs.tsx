/** Links between pages, or views of a page, that belong together: the one that is shown is marked. */
import styles from "./tabs.module.css";

export interface Tab {
  href: string;
  label: string;
  /** `page` for the page that is shown, `true` for one that it belongs to. */
  current?: "page" | "true" | undefined;
}

export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} class={styles["tabs"]}>
      <ul role="list">
        {tabs.map(({ href, label: name, current }) => (
          <li key={name}>
            <a href={href} aria-current={current}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
