/** The career ladder: each role above the one that it comes after. */
import { useQuery } from "@urql/preact";
import { LadderDocument } from "../question/question.generated";
import { ladderRows } from "../question/ladder-shape";
import { Page } from "../shell/page";
import { ErrorNote, Skeleton } from "../ui/note";
import { CatalogNav } from "./catalog-nav";
import { CuratorActions } from "./curator-actions";
import { LadderList } from "./ladder-list";

export default function RolesPage() {
  const [{ data, error }] = useQuery({ query: LadderDocument });
  return (
    <Page title="Roles" lead="The career ladder, from the bottom up. To hold a role is to hold those below it too." actions={<CuratorActions part="roles" />}>
      <CatalogNav />
      {error && !data && <ErrorNote error={error} />}
      {!error && !data && <Skeleton lines={10} />}
      {data && <LadderList rows={ladderRows(data.roles)} base="/roles" />}
    </Page>
  );
}
