/** The titles and levels of topics that an address names by their slugs. */
import { useMemo } from "preact/hooks";
import { useQuery } from "@urql/preact";
import type { TopicLevels } from "./knowledge";
import { TopicsDocument } from "./question.generated";

export function useTopics(slugs: readonly string[]): TopicLevels[] {
  const wanted = useMemo(() => slugs.toSorted(), [slugs.join(",")]);
  const [{ data }] = useQuery({ query: TopicsDocument, variables: { slugs: wanted }, pause: wanted.length === 0 });
  return useMemo(
    () => (data?.topics.nodes ?? []).map(({ slug, title, steps }) => ({ slug, title, levels: steps.map(({ level }) => level) })),
    [data],
  );
}
