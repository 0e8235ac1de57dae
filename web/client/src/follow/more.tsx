/** A list of what belongs to a kept roadmap, page after page, asked for anew whenever the roadmap has changed. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useQuery } from "@urql/preact";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { Button } from "../ui/button";
import { ErrorNote, Skeleton } from "../ui/note";

interface Page<Node> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: Node[];
}

interface MoreProps<Node, Data> {
  id: string;
  /** Grows with whatever changes about the roadmap. */
  changeNumber: number;
  document: TypedDocumentNode<{ savedRoadmap: (Data & { changeNumber: number }) | null }, { id: string; after?: string | null }>;
  of: (roadmap: Data) => Page<Node>;
  renderItem: (node: Node) => ComponentChildren;
  /** What is loaded, for those who hear the page. */
  label: string;
  nothing?: ComponentChildren;
}

/** List items; the caller has the list that they stand in. */
export function More<Node, Data>({ after = null, ...props }: MoreProps<Node, Data> & { after?: string | null }) {
  const { id, changeNumber, document, of, renderItem, label, nothing } = props;
  const [{ data, error }, again] = useQuery({ query: document, variables: { id, after } });
  const [isMore, setMore] = useState(false);
  const known = data?.savedRoadmap?.changeNumber;
  useEffect(() => {
    if (known !== undefined && known < changeNumber) again({ requestPolicy: "network-only" });
  }, [known, changeNumber]);
  if (!data?.savedRoadmap) return <li>{error ? <ErrorNote error={error} /> : <Skeleton lines={3} label={label} />}</li>;
  const { nodes, pageInfo, totalCount } = of(data.savedRoadmap);
  return (
    <>
      {nodes.map(renderItem)}
      {totalCount === 0 && nothing && <li>{nothing}</li>}
      {pageInfo.hasNextPage && isMore && <More key={pageInfo.endCursor} {...props} after={pageInfo.endCursor} />}
      {pageInfo.hasNextPage && !isMore && (
        <li>
          <Button small onClick={() => setMore(true)}>
            Show more
          </Button>
        </li>
      )}
    </>
  );
}
