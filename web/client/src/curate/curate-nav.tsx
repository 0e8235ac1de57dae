/** Between the pages of curators; and that there is a newer catalogue than the one that was looked at. */
import { useRef } from "preact/hooks";
import { useQuery, useSubscription } from "@urql/preact";
import { Note } from "../ui/note";
import { CatalogChangedDocument, CurrentRevisionDocument } from "./curate.generated";
import styles from "./curate-nav.module.css";

const PARTS = [
  { part: undefined, label: "Overview", href: "/curate" },
  { part: "import", label: "Import", href: "/curate/import" },
  { part: "revisions", label: "Revisions", href: "/curate/revisions" },
];

export function CurateNav({ part }: { part: string | undefined }) {
  return (
    <>
      <nav class={styles["nav"]} aria-label="Curating">
        {PARTS.map(({ part: one, label, href }) => (
          <a key={label} href={href} aria-current={one === part ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <Newer />
    </>
  );
}

/** Told where another curator has made a revision while this page is open. */
function Newer() {
  const [{ data }] = useQuery({ query: CurrentRevisionDocument });
  const [told] = useSubscription({ query: CatalogChangedDocument });
  const seen = useRef<number | undefined>(undefined);
  const current = data?.catalog.revision;
  seen.current ??= current;
  const newest = told.data?.catalogChanged.catalog.revision;
  if (newest === undefined || seen.current === undefined || newest <= seen.current) return null;
  return (
    <Note tone="plain" live title="The catalogue has a newer revision">
      <p>
        <a href={`/curate/revisions?from=${seen.current}&to=${newest}`}>What is different in revision {newest}</a>
      </p>
    </Note>
  );
}
