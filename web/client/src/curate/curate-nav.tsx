/** Between the parts of curating. */
import { useLocation } from "preact-iso/router";
import styles from "../catalog/catalog-nav.module.css";

const PARTS = [
  { part: "", label: "Overview" },
  { part: "topics", label: "Topics" },
  { part: "resources", label: "Resources" },
  { part: "roles", label: "Roles" },
  { part: "areas", label: "Areas" },
  { part: "import", label: "Import" },
  { part: "revisions", label: "Revisions" },
];

export function CurateNav() {
  const { path } = useLocation();
  const [, , part = "", slug] = path.split("/");
  const shown = part === "new" ? `${slug}s` : part;
  return (
    <nav aria-label="Curate" class={styles["nav"]}>
      <ul role="list">
        {PARTS.map(({ part, label }) => (
          <li key={part}>
            <a href={part ? `/curate/${part}` : "/curate"} aria-current={shown !== part ? undefined : slug === undefined ? "page" : "true"}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
