/** All resources of the catalogue. */
import { Page } from "../shell/page";
import { CatalogNav } from "./catalog-nav";
import { CuratorActions } from "./curator-actions";
import { ResourceList } from "./resource-list";

export default function ResourcesPage() {
  return (
    <Page title="Resources" lead="Books, courses, documentation and more to learn from, judged by the curators." actions={<CuratorActions part="resources" />}>
      <CatalogNav />
      <ResourceList base="/resources" />
    </Page>
  );
}
