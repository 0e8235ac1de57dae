/** What is different between two catalogues: counted, grouped by what it is, and field by field. */
import { useMemo, useState } from "preact/hooks";
import type { CatalogItemChange, CatalogItemKind } from "../api/schema.generated";
import { showCount, showLevel } from "../format/format";
import { Field } from "../ui/field";
import type { DifferenceFragment } from "./curate.generated";
import styles from "./differences.module.css";

type Difference = DifferenceFragment;

const KINDS: { kind: CatalogItemKind; title: string }[] = [
  { kind: "AREA", title: "Areas" },
  { kind: "TOPIC", title: "Topics" },
  { kind: "STEP", title: "Steps" },
  { kind: "ROLE", title: "Roles" },
  { kind: "RESOURCE", title: "Resources" },
];

const CHANGES: Record<CatalogItemChange, { sign: string; word: string }> = {
  ADDED: { sign: "+", word: "new" },
  REMOVED: { sign: "−", word: "gone" },
  CHANGED: { sign: "~", word: "changed" },
  RENAMED: { sign: "→", word: "renamed" },
};

/** Where there are more, one looks for what one wants. */
const MANY = 20;

export function Differences({ differences }: { differences: readonly Difference[] }) {
  const [text, setText] = useState("");
  const found = useMemo(() => differences.filter((one) => nameOf(one).toLowerCase().includes(text.trim().toLowerCase())), [differences, text]);
  if (differences.length === 0) return <p>Nothing is different.</p>;
  return (
    <div class={styles["differences"]}>
      <p>
        <strong>{showCount(differences.length, "difference")}</strong>: {summary(differences)}.
      </p>
      {differences.length > MANY && <Field label="Find in them">{(tied) => <input {...tied} type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />}</Field>}
      {KINDS.map(({ kind, title }) => {
        const ones = found.filter((one) => one.kind === kind);
        if (ones.length === 0) return null;
        return (
          <section key={kind} aria-label={title}>
            <h3>{title}</h3>
            <ul role="list">
              {ones.map((one) => (
                <li key={`${one.slug}@${one.level}`} data-change={one.change}>
                  <One difference={one} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

const nameOf = ({ title, level, slug }: Difference) => `${title}${level ? `, ${showLevel(level).toLowerCase()}` : ""} (${slug})`;

function summary(differences: readonly Difference[]): string {
  const counts = (Object.keys(CHANGES) as CatalogItemChange[]).map((change) => ({ change, count: differences.filter((one) => one.change === change).length }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ change, count }) => `${count} ${CHANGES[change].word}`)
    .join(", ");
}

function One({ difference }: { difference: Difference }) {
  const { change, fields, formerSlug } = difference;
  const { sign, word } = CHANGES[change];
  return (
    <>
      <p>
        <span class={styles["sign"]} aria-hidden="true">
          {sign}
        </span>{" "}
        {nameOf(difference)} <span class="soft small">{formerSlug ? `${word} from ${formerSlug}` : word}</span>
      </p>
      {fields.length > 0 && (
        <dl class={styles["fields"]}>
          {fields.map(({ name, before, after }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
