/** All topics of the catalogue. */
import { Page } from "../shell/page";
import { CatalogNav } from "./catalog-nav";
import { CuratorActions } from "./curator-actions";
import { TopicList } from "./topic-list";

export default function TopicsPage() {
  return (
    <Page title="Topics" lead="What there is to learn, each at the levels that one can hold it." actions={<CuratorActions part="topics" />}>
      <CatalogNav />
      <TopicList base="/topics" />
    </Page>
  );
}
