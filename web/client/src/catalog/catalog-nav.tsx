/** Between the three parts of the catalogue. */
import { useLocation } from "preact-iso/router";
import styles from "./catalog-nav.module.css";

const PARTS = [
  { href: "/topics", label: "Topics" },
  { href: "/resources", label: "Resources" },
  { href: "/roles", label: "Roles" },
];

export function CatalogNav() {
  const { path } = useLocation();
  return (
    <nav aria-label="Catalogue" class={styles["nav"]}>
      <ul role="list">
        {PARTS.map(({ href, label }) => (
          <li key={href}>
            <a href={href} aria-current={path === href ? "page" : path.startsWith(`${href}/`) ? "true" : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
