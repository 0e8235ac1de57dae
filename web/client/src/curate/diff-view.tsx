/** What is different between two revisions: counted, grouped by kind, each field before and after; many can be filtered. */
import { useMemo, useState } from "preact/hooks";
import { Minus, PenLine, Plus, Tag } from "lucide";
import type { CatalogItemChange } from "../api/schema.generated";
import { showCount, showLevel, showNumber } from "../format/format";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Segments } from "../ui/segments";
import type { DifferenceFragment } from "./curate.generated";
import { CHANGE_NAMES, countsOf, groupsOf, placeOf, type DiffGroup } from "./diff-groups";
import { splitValues } from "./split-values";
import styles from "./diff-view.module.css";

const ICONS: Record<CatalogItemChange, typeof Plus> = { ADDED: Plus, REMOVED: Minus, CHANGED: PenLine, RENAMED: Tag };
const ALL = "ALL";
/** Fewer than these are seen at a glance. */
const MANY = 12;

interface DiffViewProps {
  diff: readonly DifferenceFragment[];
  /** Whether it is not made yet: then nothing leads to what is new. */
  isPlanned?: boolean;
}

export function DiffView({ diff, isPlanned = false }: DiffViewProps) {
  const [text, setText] = useState("");
  const [change, setChange] = useState<CatalogItemChange | typeof ALL>(ALL);
  const counts = useMemo(() => countsOf(diff), [diff]);
  const groups = useMemo(() => groupsOf(diff, { text, change: change === ALL ? undefined : change }), [diff, text, change]);
  if (diff.length === 0) return <p class="soft">Nothing is different.</p>;
  const options = [{ value: ALL as typeof change, label: "All" }, ...counts.map(({ change }) => ({ value: change as typeof change, label: CHANGE_NAMES[change] }))];
  return (
    <div class={styles["diff"]}>
      <p class={styles["counts"]}>
        {counts.map(({ change, count }) => (
          <ChangeBadge key={change} change={change} label={`${showNumber(count)} ${CHANGE_NAMES[change].toLowerCase()}`} />
        ))}
      </p>
      {diff.length > MANY && (
        <div class={styles["filter"]}>
          <Field label="Find in the differences">{(tied) => <input {...tied} type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />}</Field>
          {counts.length > 1 && <Segments label="Which differences" options={options} value={change} onChange={setChange} />}
        </div>
      )}
      {groups.map((group) => (
        <Group key={`${group.kind} ${text} ${change}`} group={group} isPlanned={isPlanned} />
      ))}
      {groups.length === 0 && <p class="soft">No difference is like that.</p>}
    </div>
  );
}

function ChangeBadge({ change, label = CHANGE_NAMES[change] }: { change: CatalogItemChange; label?: string }) {
  return (
    <span class={styles["badge"]} data-change={change}>
      <Icon of={ICONS[change]} size="0.95em" /> {label}
    </span>
  );
}

const SHOWN = 40;

function Group({ group, isPlanned }: { group: DiffGroup; isPlanned: boolean }) {
  const [shown, setShown] = useState(SHOWN);
  const { title, entries } = group;
  return (
    <section class={styles["group"]} aria-label={title}>
      <h3>
        {title} <span class="soft small">({showNumber(entries.length)})</span>
      </h3>
      <ul role="list">
        {entries.slice(0, shown).map((entry) => (
          <Entry key={`${entry.change} ${entry.slug} ${entry.level}`} entry={entry} isPlanned={isPlanned} />
        ))}
      </ul>
      {entries.length > shown && (
        <p>
          <Button small onClick={() => setShown(shown + 10 * SHOWN)}>
            {showCount(entries.length - shown, "more")}
          </Button>
        </p>
      )}
    </section>
  );
}

function Entry({ entry, isPlanned }: { entry: DifferenceFragment; isPlanned: boolean }) {
  const { change, title, slug, level, formerSlug, fields } = entry;
  const place = isPlanned ? undefined : placeOf(entry);
  return (
    <li class={styles["entry"]}>
      <p class={styles["name"]}>
        <ChangeBadge change={change} />
        {place ? <a href={place}>{title}</a> : <span>{title}</span>}
        {level && <span class="soft">{showLevel(level)}</span>}
        <code class="soft small">{formerSlug ? `${formerSlug} → ${slug}` : slug}</code>
      </p>
      {fields.length > 0 && (
        <dl class={styles["fields"]}>
          {fields.map((field) => (
            <div key={field.name}>
              <dt>{field.name}</dt>
              <dd>
                <Values {...field} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function Values({ name, before, after }: { name: string; before: string | null; after: string | null }) {
  const list = splitValues(name, before, after);
  const gone = list ? list.gone : before === null ? [] : [before];
  const come = list ? list.come : after === null ? [] : [after];
  return (
    <>
      {gone.map((value) => (
        <del key={value}>
          <span class="hidden-text">Before: </span>
          {value}
        </del>
      ))}
      {come.map((value) => (
        <ins key={value}>
          <span class="hidden-text">Now: </span>
          {value}
        </ins>
      ))}
      {list && list.kept.length > 0 && <span class="soft small">{showCount(list.kept.length, "other")} as before</span>}
    </>
  );
}
