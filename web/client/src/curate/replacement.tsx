/** Chooses what takes the place of something that is retired. */
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useQuery } from "@urql/preact";
import { X } from "lucide";
import { CatalogAreasDocument } from "../catalog/catalog.generated";
import { TopicSearch } from "../question/topic-search";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { SearchBox } from "../ui/search-box";
import { useSettled } from "../ui/use-settled";
import { CurateRolesDocument, FindResourcesDocument } from "./curate.generated";
import type { ReplacementProps } from "./kind";
import styles from "./editor.module.css";

const LABEL = "What takes its place";

function Chosen({ chosen, onChoose, children }: ReplacementProps & { children: ComponentChildren }) {
  if (!chosen) return <>{children}</>;
  return (
    <fieldset class={styles["chips"]}>
      <legend>{LABEL}</legend>
      <span class={styles["chip"]}>
        {chosen.title}
        <Button look="quiet" small aria-label={`Not ${chosen.title}`} onClick={() => onChoose(undefined)}>
          <Icon of={X} size="1em" />
        </Button>
      </span>
    </fieldset>
  );
}

export function TopicReplacement(props: ReplacementProps) {
  const without = useMemo(() => new Set([props.slug]), [props.slug]);
  return (
    <Chosen {...props}>
      <TopicSearch label={LABEL} placeholder="A topic…" without={without} onPick={({ value, label }) => props.onChoose({ slug: value, title: label })} />
    </Chosen>
  );
}

const PAUSE = 120;

export function ResourceReplacement(props: ReplacementProps) {
  const [text, setText] = useState("");
  const asked = useSettled(text.trim(), PAUSE);
  const [{ data, fetching }] = useQuery({ query: FindResourcesDocument, variables: { text: asked }, pause: asked === "" });
  const found = useMemo(() => {
    const all = asked === "" ? [] : (data?.resources.nodes ?? []);
    return all.filter(({ slug }) => slug !== props.slug).map(({ slug, title, provider }) => ({ value: slug, label: title, detail: provider ?? "" }));
  }, [data, asked, props.slug]);
  const isSettled = !fetching && asked !== "" && asked === text.trim();
  return (
    <Chosen {...props}>
      <SearchBox
        label={LABEL}
        placeholder="A resource…"
        found={found}
        nothing={isSettled ? `No resource matches “${asked}”.` : undefined}
        onSearch={setText}
        onPick={({ value, label }) => props.onChoose({ slug: value, title: label })}
      />
    </Chosen>
  );
}

function OneOf({ slug, chosen, onChoose, options }: ReplacementProps & { options: readonly { slug: string; title: string }[] }) {
  return (
    <Field label={LABEL}>
      {(tied) => (
        <select {...tied} value={chosen?.slug ?? ""} onChange={(event) => onChoose(options.find((one) => one.slug === event.currentTarget.value))}>
          <option value="">Nothing</option>
          {options
            .filter((one) => one.slug !== slug)
            .map((one) => (
              <option key={one.slug} value={one.slug}>
                {one.title}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
}

export function RoleReplacement(props: ReplacementProps) {
  const [{ data }] = useQuery({ query: CurateRolesDocument });
  return <OneOf {...props} options={data?.roles ?? []} />;
}

export function AreaReplacement(props: ReplacementProps) {
  const [{ data }] = useQuery({ query: CatalogAreasDocument });
  return <OneOf {...props} options={data?.areas ?? []} />;
}
