/** What one wants to learn from: prices, languages, kinds. */
import type { ResourceKind } from "../api/schema.generated";
import { Field } from "../ui/field";
import { Fold } from "../ui/fold";
import { Segments } from "../ui/segments";
import { KINDS } from "./address";
import type { Question } from "./question";
import styles from "./parts.module.css";

interface ResourceWishesProps {
  question: Question;
  onChange: (change: Partial<Question>, how?: "chosen" | "typed") => void;
}

type Liking = "less" | "as it comes" | "more";

const LIKINGS = [
  { value: "less", label: "None" },
  { value: "as it comes", label: "Any" },
  { value: "more", label: "Rather" },
] as const satisfies readonly { value: Liking; label: string }[];

export const kindName = (kind: ResourceKind) => kind.charAt(0) + kind.slice(1).toLowerCase();

export function ResourceWishes({ question, onChange }: ResourceWishesProps) {
  const { freeOnly, budget, hourValue, languages, preferKinds, excludeKinds } = question;
  const amount = (text: string) => (text === "" ? undefined : Math.max(0, Number(text)));
  const like = (kind: ResourceKind, liking: Liking) => {
    const others = (kinds: ResourceKind[]) => kinds.filter((other) => other !== kind);
    onChange({
      preferKinds: liking === "more" ? [...others(preferKinds), kind] : others(preferKinds),
      excludeKinds: liking === "less" ? [...others(excludeKinds), kind] : others(excludeKinds),
    });
  };
  const liking = (kind: ResourceKind): Liking => (excludeKinds.includes(kind) ? "less" : preferKinds.includes(kind) ? "more" : "as it comes");
  return (
    <div class={styles["part"]}>
      <label class={styles["check"]}>
        <input type="checkbox" checked={freeOnly} onChange={(event) => onChange({ freeOnly: event.currentTarget.checked })} />
        Free resources only
      </label>
      <div class={styles["pair"]}>
        <Field label="Budget, in US dollars" hint={freeOnly ? "Nothing is spent anyway." : undefined}>
          {(tied) => (
            <input {...tied} type="number" min="0" step="10" placeholder="no limit" value={budget ?? ""} disabled={freeOnly} onInput={(event) => onChange({ budget: amount(event.currentTarget.value) }, "typed")} />
          )}
        </Field>
        <Field label="An hour is worth, in US dollars" hint="What a resource may cost for the time it saves.">
          {(tied) => <input {...tied} type="number" min="0" value={hourValue} onInput={(event) => onChange({ hourValue: amount(event.currentTarget.value) ?? 0 }, "typed")} />}
        </Field>
      </div>
      <Field label="Languages" hint="As short tags, such as en, de, fr.">
        {(tied) => (
          <input
            {...tied}
            type="text"
            value={languages.join(", ")}
            onChange={(event) => {
              const tags = event.currentTarget.value.split(/[\s,]+/).filter((tag) => /^[A-Za-z0-9-]+$/.test(tag));
              onChange({ languages: tags.length > 0 ? tags : ["en"] });
            }}
          />
        )}
      </Field>
      <Fold summary="Kinds of resources">
        <ul role="list" class={styles["kinds"]}>
          {KINDS.map((kind) => (
            <li key={kind}>
              {kindName(kind)}
              <Segments label={`${kindName(kind)}: how much of it`} options={LIKINGS} value={liking(kind)} onChange={(value) => like(kind, value)} />
            </li>
          ))}
        </ul>
      </Fold>
    </div>
  );
}
