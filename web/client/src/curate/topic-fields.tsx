/** The fields of a topic, and of each of its levels. */
import { useQuery } from "@urql/preact";
import { Plus } from "lucide";
import type { Proficiency } from "../api/schema.generated";
import { CatalogAreasDocument } from "../catalog/catalog.generated";
import { LEVELS, showLevel } from "../format/format";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { FieldsProps } from "./kind";
import { LevelFields } from "./level-fields";
import { NameFields } from "./name-fields";
import { AliasesField, ChoiceField, FieldError, Place, TextField } from "./text-field";
import { BLANK_LEVEL, type LevelForm, type TopicForm } from "./topic-form";
import styles from "./editor.module.css";

export function TopicFields(props: FieldsProps<TopicForm>) {
  const { form, change, errors, isNew } = props;
  const { area, summary, elective, names, popularity, links, aliases, levels } = form;
  const [{ data }] = useQuery({ query: CatalogAreasDocument });
  const areas = (data?.areas ?? []).map(({ slug, title }) => ({ value: slug, label: title }));
  const setLevel = (level: Proficiency, next: LevelForm | undefined) => {
    const { [level]: _, ...others } = levels;
    change({ levels: next ? { ...levels, [level]: next } : others });
  };
  const missing = LEVELS.filter((level) => !levels[level]);
  return (
    <>
      <div class={styles["fields"]}>
        <NameFields {...props} />
        <ChoiceField label="Area" path={["area"]} errors={errors} value={area} options={areas} none="Choose one" onChange={(area) => change({ area })} />
        <div class={styles["whole"]}>
          <TextField label="Summary" hint="What it is and why it matters, in a sentence." path={["summary"]} errors={errors} rows={2} value={summary} onInput={(summary) => change({ summary })} />
        </div>
        <div class={styles["whole"]}>
          <TextField
            label="Why it is worth learning, although nothing asks for it"
            hint="Only where no role and no other step asks for one of its levels."
            path={["elective"]}
            errors={errors}
            rows={1}
            value={elective}
            onInput={(elective) => change({ elective })}
          />
        </div>
      </div>
      <div class={styles["fields"]}>
        <TextField label="Other names" hint="As people search for it, one a line: K8s." path={["names"]} errors={errors} rows={2} value={names} onInput={(names) => change({ names })} />
        <TextField label="The same elsewhere" hint="Addresses in other vocabularies, one a line." path={["links"]} errors={errors} rows={2} value={links} onInput={(links) => change({ links })} />
        <TextField
          label="Popularity"
          hint="How widely it is used among its alternatives, 0 to 100: decides between ways of the same hours."
          path={["popularity"]}
          errors={errors}
          kind="number"
          value={popularity}
          onInput={(popularity) => change({ popularity })}
        />
      </div>
      <AliasesField aliases={aliases} errors={errors} onChange={(aliases) => change({ aliases })} />
      {LEVELS.map((level) => {
        const one = levels[level];
        return one && <LevelFields key={level} level={level} form={one} errors={errors} isOnTop={LEVELS.some((lower) => LEVELS.indexOf(lower) < LEVELS.indexOf(level) && levels[lower])} isNewTopic={isNew} onChange={(next) => setLevel(level, next)} />;
      })}
      <Place path={["levels"]}>
        {missing.length > 0 && (
          <p class={styles["row"]}>
            <span class="soft">Add a level:</span>
            {missing.map((level) => (
              <Button key={level} small onClick={() => setLevel(level, { ...BLANK_LEVEL, isNew: true })}>
                <Icon of={Plus} size="1em" /> {showLevel(level)}
              </Button>
            ))}
          </p>
        )}
        <FieldError error={errors.at("levels")} />
      </Place>
    </>
  );
}
