/** Where curators begin: how much is in the catalogue, what has been done to it of late, and what one can do. */
import { useQuery } from "@urql/preact";
import { Card } from "../catalog/card";
import { showNumber } from "../format/format";
import { Page } from "../shell/page";
import { ErrorNote, Skeleton } from "../ui/note";
import { CurateOverviewDocument, type CurateOverviewQuery } from "./curate.generated";
import { CurateNav } from "./curate-nav";
import { RevisionLine } from "./revision-line";
import { useNewer } from "./use-newer";
import styles from "./revisions.module.css";

const TASKS = [
  { href: "/curate/new/topic", title: "Add a topic", text: "With its levels and what they require." },
  { href: "/curate/new/resource", title: "Add a resource", text: "With the steps that it teaches, and in how many hours." },
  { href: "/curate/new/role", title: "Add a role", text: "With what it asks for, and where it stands on the ladder." },
  { href: "/curate/new/area", title: "Add an area", text: "To group topics by." },
  { href: "/curate/topics", title: "Edit what there is", text: "Find it and change, rename or retire it. Former names stay good." },
  { href: "/curate/import", title: "Import a whole catalogue", text: "From a file, after a look at what would change." },
];

export function Overview() {
  const [{ data, error }] = useQuery({ query: CurateOverviewDocument, requestPolicy: "cache-and-network" });
  useNewer(data?.catalog.revision);
  return (
    <Page title="Curate" lead="Every change is one revision: valid as a whole or not made at all, and it can be taken back.">
      <CurateNav />
      {error && !data && <ErrorNote error={error} />}
      {!data && !error && <Skeleton lines={8} />}
      {data && <Counts data={data} />}
      <section class={styles["section"]} aria-labelledby="tasks">
        <h2 id="tasks">What you can do</h2>
        <ul role="list" class={styles["tasks"]}>
          {TASKS.map(({ href, title, text }) => (
            <li key={href}>
              <Card href={href} title={title}>
                {text}
              </Card>
            </li>
          ))}
        </ul>
      </section>
      {data && (
        <section class={styles["section"]} aria-labelledby="recent">
          <h2 id="recent">What was done of late</h2>
          <ul role="list" class={styles["list"]}>
            {data.catalogRevisions.nodes.map((revision) => (
              <li key={revision.number}>
                <RevisionLine revision={revision} isCurrent={revision.number === data.catalog.revision} />
              </li>
            ))}
          </ul>
          <p>
            <a href="/curate/revisions">All revisions</a>
          </p>
        </section>
      )}
    </Page>
  );
}

function Counts({ data }: { data: CurateOverviewQuery }) {
  const { revision, topicCount, stepCount, resourceCount, roleCount, longestPath } = data.catalog;
  const counts = [
    ["Revision", revision],
    ["Topics", topicCount],
    ["Steps", stepCount],
    ["Resources", resourceCount],
    ["Roles", roleCount],
    ["Areas", data.areas.length],
    ["Steps on the longest chain", longestPath],
  ] as const;
  return (
    <dl class={styles["counts"]}>
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="figures">{showNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
