/** What there is to curate. */
import { useQuery } from "@urql/preact";
import { showNumber } from "../format/format";
import { ButtonLink } from "../ui/button";
import { ErrorNote, Skeleton } from "../ui/note";
import { CurateOverviewDocument } from "./curate.generated";
import { RevisionLine } from "./revisions";
import styles from "./curate.module.css";

export function Overview() {
  const [{ data, error }] = useQuery({ query: CurateOverviewDocument, requestPolicy: "cache-and-network" });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={6} label="Loading the catalogue" />;
  const { catalog, areas, catalogRevisions } = data;
  const parts = [
    { title: "Topics", count: catalog.topicCount, text: "With their levels, what these need, and what teaches them.", see: "/topics", add: "/curate/new/topic" },
    { title: "Resources", count: catalog.resourceCount, text: "Books, courses, articles, with what they teach.", see: "/resources", add: "/curate/new/resource" },
    { title: "Roles", count: catalog.roleCount, text: "The ladder, with what each rung asks for.", see: "/roles", add: "/curate/new/role" },
    { title: "Areas", count: areas.length, text: "What topics are grouped by.", see: "/curate/areas", add: "/curate/new/area" },
  ];
  return (
    <div class={styles["stack"]}>
      <ul role="list" class={styles["cards"]}>
        {parts.map(({ title, count, text, see, add }) => (
          <li key={title} class={styles["card"]}>
            <h2>
              {title} <span class="soft">{showNumber(count)}</span>
            </h2>
            <p>{text}</p>
            <p class={styles["actions"]}>
              <ButtonLink small href={see}>
                Browse and edit<span class="hidden-text"> {title.toLowerCase()}</span>
              </ButtonLink>
              <ButtonLink small href={add}>
                New<span class="hidden-text"> one of the {title.toLowerCase()}</span>
              </ButtonLink>
            </p>
          </li>
        ))}
      </ul>
      <section class={styles["card"]} aria-labelledby="latest">
        <h2 id="latest">Latest revisions</h2>
        <ol role="list" class={styles["rows"]}>
          {catalogRevisions.nodes.map((revision) => (
            <li key={revision.number}>
              <RevisionLine revision={revision} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
