/** The page of one thing: while it is on its way, where it is not there, and once it is. */
import type { ComponentChildren } from "preact";
import type { CombinedError } from "@urql/core";
import { Page } from "../shell/page";
import { ButtonLink } from "../ui/button";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { CatalogNav } from "./catalog-nav";

interface FoundProps<T> {
  /** `undefined` while it is on its way, `null` where there is none. */
  thing: T | null | undefined;
  error: CombinedError | undefined;
  /** What it is: "topic". */
  one: string;
  all: string;
  children: (thing: T) => ComponentChildren;
}

export function Found<T>({ thing, error, one, all, children }: FoundProps<T>) {
  if (thing) return <>{children(thing)}</>;
  const title = thing === null ? `No such ${one}` : `${one.charAt(0).toUpperCase()}${one.slice(1)}`;
  return (
    <Page title={title}>
      <CatalogNav />
      {error && <ErrorNote error={error} />}
      {thing === undefined && !error && <Skeleton lines={10} />}
      {thing === null && (
        <Empty title={`The catalogue has no ${one} of that name.`} actions={<ButtonLink href={all}>Browse all</ButtonLink>}>
          <p>It may have been mistyped, or have gone.</p>
        </Empty>
      )}
    </Page>
  );
}
