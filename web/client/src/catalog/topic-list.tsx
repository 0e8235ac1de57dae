/** The topics that are looked for, narrowed down by area and level. Where each leads to is for the page to say. */
import { useQuery } from "@urql/preact";
import { LEVELS, showHours, showLevel } from "../format/format";
import { Card } from "./card";
import { BrowseTopicsDocument, CatalogAreasDocument, type BrowseTopicsQuery } from "./catalog.generated";
import { Filters, SearchField, SelectField } from "./filters";
import { LevelTag } from "../ui/level-tag";
import { Pages } from "./pages";
import { oneOf, useList } from "./use-list";

const KEYS = ["search", "area", "level", "order"] as const;
const ORDERS = [
  { value: "TITLE", label: "By title" },
  { value: "HOURS", label: "Fewest hours first" },
  { value: "MATCH", label: "Best match first" },
] as const;
const ORDER_NAMES = ORDERS.map(({ value }) => value);
const LEVEL_OPTIONS = LEVELS.map((value) => ({ value, label: showLevel(value) }));

export function TopicList({ base }: { base: string }) {
  const [state, change] = useList(KEYS);
  const [{ data }] = useQuery({ query: CatalogAreasDocument });
  const areas = (data?.areas ?? []).map(({ slug, title }) => ({ value: slug, label: title }));
  const search = state.search.trim();
  const orderBy = oneOf(ORDER_NAMES, state.order) ?? (search ? "MATCH" : "TITLE");
  const level = oneOf(LEVELS, state.level);
  const filter = { ...(search && { search }), ...(state.area && { area: state.area }), ...(level && { level }) };
  return (
    <>
      <Filters label="Topics">
        <SearchField label="Search" placeholder="Kafka, indexes, code review…" value={state.search} onSearch={(search) => change({ search }, "typed")} />
        <SelectField label="Area" any="All areas" value={state.area} options={areas} onChange={(area) => change({ area })} />
        <SelectField label="Level" any="Any level" value={state.level} options={LEVEL_OPTIONS} onChange={(level) => change({ level })} />
        <SelectField label="Order" value={orderBy} options={ORDERS} onChange={(order) => change({ order })} />
      </Filters>
      <Pages
        label="Topics"
        document={BrowseTopicsDocument}
        variables={{ filter, orderBy }}
        of={({ topics }) => topics}
        pages={state.pages}
        words={["topic", "topics"]}
        nothing={<p>Try another word, or fewer conditions.</p>}
        onMore={() => change({ pages: state.pages + 1 })}
        item={topicCard(base)}
      />
    </>
  );
}

const topicCard = (base: string) => (topic: BrowseTopicsQuery["topics"]["nodes"][number]) => (
  <Card
    href={`${base}/${topic.slug}`}
    title={topic.title}
    above={topic.area.title}
    facts={topic.steps.map((step) => (
      <span key={step.level}>
        <LevelTag level={step.level} /> <span class="soft figures">{showHours(step.hours)}</span>
      </span>
    ))}
  >
    {topic.summary}
  </Card>
);
