/** The fields of a role; and those of an area. */
import { useQuery } from "@urql/preact";
import { CurateRolesDocument } from "./curate.generated";
import type { FieldsProps } from "./kind";
import { NameFields } from "./name-fields";
import { RequirementsField } from "./requirements-field";
import type { AreaForm, RoleForm } from "./role-form";
import { AliasesField, ChoiceField, TextField } from "./text-field";
import styles from "./editor.module.css";

export function RoleFields(props: FieldsProps<RoleForm>) {
  const { form, change, errors } = props;
  const [{ data }] = useQuery({ query: CurateRolesDocument });
  const others = (data?.roles ?? []).filter(({ slug }) => slug !== form.slug).map(({ slug, title }) => ({ value: slug, label: title }));
  return (
    <>
      <div class={styles["fields"]}>
        <NameFields {...props} />
        <ChoiceField
          label="Comes after"
          hint="The ladder has one first role, which comes after none."
          path={["after"]}
          errors={errors}
          value={form.after}
          options={others}
          none="None: it is the first"
          onChange={(after) => change({ after })}
        />
        <div class={styles["whole"]}>
          <TextField label="Summary" hint="What somebody in the role does, in a sentence." path={["summary"]} errors={errors} rows={2} value={form.summary} onInput={(summary) => change({ summary })} />
        </div>
      </div>
      <AliasesField aliases={form.aliases} errors={errors} onChange={(aliases) => change({ aliases })} />
      <RequirementsField
        label="What it asks for"
        hint="Of its own, without the roles below it."
        path={["requires"]}
        errors={errors}
        requirements={form.requires}
        isWeighted
        onChange={(requires) => change({ requires })}
      />
    </>
  );
}

export function AreaFields(props: FieldsProps<AreaForm>) {
  const { form, change, errors } = props;
  return (
    <>
      <div class={styles["fields"]}>
        <NameFields {...props} />
        <div class={styles["whole"]}>
          <TextField label="Summary" hint="What it is about, in a sentence." path={["summary"]} errors={errors} rows={2} value={form.summary} onInput={(summary) => change({ summary })} />
        </div>
      </div>
      <AliasesField aliases={form.aliases} errors={errors} onChange={(aliases) => change({ aliases })} />
    </>
  );
}
