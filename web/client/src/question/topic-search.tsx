/** Finds topics as one types. */
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useQuery } from "@urql/preact";
import type { Proficiency } from "../api/schema.generated";
import { SearchBox, type Found } from "../ui/search-box";
import { useSettled } from "../ui/use-settled";
import { FindTopicsDocument } from "./question.generated";

/** A topic, and the levels that it has. */
export interface FoundTopic extends Found {
  levels: Proficiency[];
}

interface TopicSearchProps {
  label: ComponentChildren;
  isLabelHidden?: boolean;
  placeholder?: string;
  /** Slugs that are not offered. */
  without?: ReadonlySet<string>;
  onPick: (topic: FoundTopic) => void;
}

const PAUSE = 120;

export function TopicSearch({ without, onPick, ...shown }: TopicSearchProps) {
  const [text, setText] = useState("");
  const asked = useSettled(text.trim(), PAUSE);
  const [{ data, fetching }] = useQuery({ query: FindTopicsDocument, variables: { text: asked }, pause: asked === "" });
  const isSettled = !fetching && asked !== "" && asked === text.trim();
  const found = useMemo(() => {
    if (text.trim() === "") return [];
    // Until the answer to what is typed is there, those of the last one that have it: Enter picks nothing that nobody has asked for.
    const fits = (title: string) => isSettled || title.toLowerCase().includes(text.trim().toLowerCase());
    const topics = data?.topics.nodes ?? [];
    return topics
      .filter(({ slug, title }) => fits(title) && !without?.has(slug))
      .map(({ slug, title, area, steps }) => ({ value: slug, label: title, detail: area.title, levels: steps.map(({ level }) => level) }));
  }, [data, text, isSettled, without]);
  return <SearchBox {...shown} found={found} nothing={isSettled ? `No topic matches “${asked}”.` : undefined} onSearch={setText} onPick={onPick} />;
}
