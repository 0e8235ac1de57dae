/** Who is signed in. */
import { useQuery } from "@urql/preact";
import { ViewerDocument, type ViewerQuery } from "./viewer.generated";

export type Viewer = NonNullable<ViewerQuery["viewer"]>;

/** `undefined` while that is not known yet, `null` where nobody is. */
export function useViewer(): Viewer | null | undefined {
  const [{ data }] = useQuery({ query: ViewerDocument });
  return data?.viewer;
}

export const isCurator = (viewer: Viewer | null | undefined) => viewer?.role === "CURATOR" || viewer?.role === "ADMIN";
