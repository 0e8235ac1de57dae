/** The resources that are looked for, narrowed down by what they teach, what they are, price and language. */
import { X } from "lucide";
import { LEVELS, showLevel, showMoney } from "../format/format";
import { KINDS } from "../question/address";
import { kindName } from "../question/resource-wishes";
import { TopicSearch } from "../question/topic-search";
import { useTopics } from "../question/use-topics";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Card } from "./card";
import { BrowseResourcesDocument, type BrowseResourcesQuery } from "./catalog.generated";
import { Filters, SearchField, SelectField } from "./filters";
import { languageName, LANGUAGES } from "./languages";
import { Pages } from "./pages";
import { Quality, Rating } from "../ui/quality";
import { oneOf, useList } from "./use-list";
import styles from "./resource-list.module.css";

const KEYS = ["search", "topic", "level", "kind", "price", "language", "order"] as const;
const ORDERS = [
  { value: "TITLE", label: "By title" },
  { value: "QUALITY", label: "Best first" },
  { value: "PRICE", label: "Cheapest first" },
  { value: "YEAR", label: "Newest first" },
] as const;
const ORDER_NAMES = ORDERS.map(({ value }) => value);
const PRICES = [
  { value: "free", label: "Free" },
  { value: "paid", label: "With a price" },
];
const KIND_OPTIONS = KINDS.map((value) => ({ value: value.toLowerCase(), label: kindName(value) }));
const LEVEL_OPTIONS = LEVELS.map((value) => ({ value: value.toLowerCase(), label: showLevel(value) }));

export function ResourceList({ base }: { base: string }) {
  const [state, change] = useList(KEYS);
  const search = state.search.trim();
  const kind = oneOf(KINDS, state.kind.toUpperCase());
  const level = oneOf(LEVELS, state.level.toUpperCase());
  const filter = {
    ...(search && { search }),
    ...(state.topic && { topic: state.topic }),
    ...(level && { level }),
    ...(kind && { kinds: [kind] }),
    ...(state.price && { free: state.price === "free" }),
    ...(state.language && { language: state.language }),
  };
  const languages = [...new Set([...LANGUAGES, state.language])].filter(Boolean).map((value) => ({ value, label: languageName(value) }));
  return (
    <>
      <Filters label="Resources">
        <SearchField label="Search" placeholder="Title, author…" value={state.search} onSearch={(search) => change({ search }, "typed")} />
        <TopicFilter topic={state.topic} onChange={(topic) => change({ topic })} />
        <SelectField label="Kind" any="All kinds" value={state.kind} options={KIND_OPTIONS} onChange={(kind) => change({ kind })} />
        <SelectField label="Price" any="Any price" value={state.price} options={PRICES} onChange={(price) => change({ price })} />
        <SelectField label="Level" any="Any level" value={state.level} options={LEVEL_OPTIONS} onChange={(level) => change({ level })} />
        <SelectField label="Language" any="Any language" value={state.language} options={languages} onChange={(language) => change({ language })} />
        <SelectField label="Order" value={oneOf(ORDER_NAMES, state.order) ?? "TITLE"} options={ORDERS} onChange={(order) => change({ order })} />
      </Filters>
      <Pages
        label="Resources"
        document={BrowseResourcesDocument}
        variables={{ filter, orderBy: oneOf(ORDER_NAMES, state.order) ?? "TITLE" }}
        of={({ resources }) => resources}
        pages={state.pages}
        words={["resource", "resources"]}
        nothing={<p>Try another word, or fewer conditions.</p>}
        onMore={() => change({ pages: state.pages + 1 })}
        item={resourceCard(base)}
      />
    </>
  );
}

function TopicFilter({ topic, onChange }: { topic: string; onChange: (topic: string) => void }) {
  const [named] = useTopics(topic ? [topic] : []);
  if (topic === "") {
    return (
      <div class={styles["topic"]}>
        <TopicSearch label="Teaches" placeholder="A topic…" onPick={({ value }) => onChange(value)} />
      </div>
    );
  }
  return (
    <div class={styles["topic"]}>
      <p class={styles["label"]}>Teaches</p>
      <p class={styles["chosen"]}>
        <a href={`/topics/${topic}`}>{named?.title ?? topic}</a>
        <Button look="quiet" small onClick={() => onChange("")} aria-label="Whatever it teaches">
          <Icon of={X} />
        </Button>
      </p>
    </div>
  );
}

const resourceCard = (base: string) => ({ slug, title, kind, authors, provider, year, language, price, quality, rating }: BrowseResourcesQuery["resources"]["nodes"][number]) => (
  <Card
    href={`${base}/${slug}`}
    title={title}
    above={[kindName(kind), year, language !== "en" && languageName(language)].filter(Boolean).join(" · ")}
    facts={
      <>
        <span class="figures">{showMoney(price)}</span>
        <Quality value={quality} />
        <Rating {...rating} />
      </>
    }
  >
    {[authors.join(", "), provider].filter(Boolean).join(" · ")}
  </Card>
);
