/** The lists that something to edit is chosen from. */
import { useQuery } from "@urql/preact";
import { Plus } from "lucide";
import { Card } from "../catalog/card";
import pages from "../catalog/pages.module.css";
import { ResourceList } from "../catalog/resource-list";
import { LadderList } from "../catalog/ladder-list";
import { TopicList } from "../catalog/topic-list";
import { showCount } from "../format/format";
import { ladderRows } from "../question/ladder-shape";
import { LadderDocument } from "../question/question.generated";
import { Page } from "../shell/page";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { CurateAreasDocument } from "./curate.generated";
import { CurateNav } from "./curate-nav";

const PARTS: Record<string, { title: string; one: string; List: () => preact.JSX.Element }> = {
  topics: { title: "Edit topics", one: "topic", List: () => <TopicList base="/curate/topics" /> },
  resources: { title: "Edit resources", one: "resource", List: () => <ResourceList base="/curate/resources" /> },
  roles: { title: "Edit roles", one: "role", List: Roles },
  areas: { title: "Edit areas", one: "area", List: Areas },
};

export function Lists({ part }: { part: string }) {
  const shown = PARTS[part];
  if (!shown) {
    return (
      <Page title="Curate">
        <CurateNav />
        <Empty title="There is no such part." actions={<ButtonLink href="/curate">To the overview</ButtonLink>} />
      </Page>
    );
  }
  const { title, one, List } = shown;
  return (
    <Page
      key={part}
      title={title}
      lead={`Choose the ${one} to edit.`}
      actions={
        <ButtonLink look="main" href={`/curate/new/${one}`}>
          <Icon of={Plus} /> New {one}
        </ButtonLink>
      }
    >
      <CurateNav />
      <List />
    </Page>
  );
}

function Roles() {
  const [{ data, error }] = useQuery({ query: LadderDocument });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={8} />;
  return <LadderList rows={ladderRows(data.roles)} base="/curate/roles" />;
}

function Areas() {
  const [{ data, error }] = useQuery({ query: CurateAreasDocument });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={8} />;
  return (
    <ul role="list" class={pages["list"]}>
      {data.areas.map(({ slug, title, summary, topics }) => (
        <li key={slug}>
          <Card href={`/curate/areas/${slug}`} title={title} facts={<span class="soft">{showCount(topics.totalCount, "topic")}</span>}>
            {summary}
          </Card>
        </li>
      ))}
    </ul>
  );
}
