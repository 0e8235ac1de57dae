/** A list page by page, each after the one before it: the last one has what there is to come, at a click. */
import type { ComponentChildren } from "preact";
import { useQuery } from "@urql/preact";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { showCount } from "../format/format";
import { Button } from "../ui/button";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import styles from "./pages.module.css";

/** Fills rows of two and of three. */
const PAGE = 36;

interface Connection<Node> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: Node[];
}

interface PagesProps<Data, Filter, Node extends { slug: string }> {
  /** What is listed, for those who hear the page. */
  label: string;
  document: TypedDocumentNode<Data, Filter & { first: number; after?: string | null }>;
  variables: Filter;
  of: (data: Data) => Connection<Node>;
  item: (node: Node) => ComponentChildren;
  /** How many pages are shown. */
  pages: number;
  /** One and many of what is listed. */
  words: [string, string];
  nothing: ComponentChildren;
  onMore: () => void;
}

export function Pages<Data, Filter, Node extends { slug: string }>(props: PagesProps<Data, Filter, Node>) {
  const { document, variables, of, words, nothing, label } = props;
  const [{ data, error, fetching }] = useQuery({ query: document, variables: { ...variables, first: PAGE } });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={8} />;
  const list = of(data);
  return (
    <section class={styles["pages"]} aria-label={label} aria-busy={fetching}>
      <p role="status" class={styles["count"]}>
        {showCount(list.totalCount, ...words)}
      </p>
      {list.totalCount === 0 ? <Empty title="Nothing matches">{nothing}</Empty> : <Shown {...props} list={list} left={props.pages - 1} />}
    </section>
  );
}

function Shown<Data, Filter, Node extends { slug: string }>(props: PagesProps<Data, Filter, Node> & { list: Connection<Node>; left: number }) {
  const { list, left, item, onMore } = props;
  const { hasNextPage, endCursor } = list.pageInfo;
  return (
    <>
      <ul role="list" class={styles["list"]}>
        {list.nodes.map((node) => (
          <li key={node.slug}>{item(node)}</li>
        ))}
      </ul>
      {hasNextPage && left > 0 && <Next key={endCursor} {...props} after={endCursor} />}
      {hasNextPage && left <= 0 && (
        <p class={styles["more"]}>
          <Button onClick={onMore}>Show more</Button>
        </p>
      )}
    </>
  );
}

function Next<Data, Filter, Node extends { slug: string }>(props: PagesProps<Data, Filter, Node> & { after: string | null; left: number }) {
  const { document, variables, of, after, left } = props;
  const [{ data, error }] = useQuery({ query: document, variables: { ...variables, first: PAGE, after } });
  if (error && !data) return <ErrorNote error={error} />;
  if (!data) return <Skeleton lines={6} />;
  return <Shown {...props} list={of(data)} left={left - 1} />;
}
