/** The fields of a resource. */
import type { ResourceKind } from "../api/schema.generated";
import { KINDS } from "../question/address";
import { kindName } from "../question/resource-wishes";
import { CoversField } from "./covers-field";
import { ForField } from "./for-field";
import type { FieldsProps } from "./kind";
import { NameFields } from "./name-fields";
import type { ResourceForm } from "./resource-form";
import { AliasesField, ChoiceField, FieldError, Place, TextField } from "./text-field";
import styles from "./editor.module.css";

const KIND_OPTIONS = KINDS.map((value) => ({ value, label: kindName(value) }));
const QUALITIES = [
  { value: "5", label: "5, the best there is" },
  { value: "4", label: "4, very good" },
  { value: "3", label: "3, good" },
  { value: "2", label: "2, for want of better" },
  { value: "1", label: "1, poor" },
];

type TextName = "isbn" | "doi" | "arxiv" | "standard" | "provider" | "year" | "language" | "price" | "url";

export function ResourceFields(props: FieldsProps<ResourceForm>) {
  const { form, change, errors } = props;
  const text = (name: TextName, label: string, hint?: string, kind?: "number" | "url") => (
    <TextField label={label} hint={hint} path={[name]} errors={errors} {...(kind && { kind })} value={form[name]} onInput={(value) => change({ [name]: value })} />
  );
  return (
    <>
      <div class={styles["fields"]}>
        <NameFields {...props} />
        <ChoiceField label="Kind" path={["kind"]} errors={errors} value={form.kind} options={KIND_OPTIONS} onChange={(kind) => change({ kind: kind as ResourceKind })} />
        <div class={styles["whole"]}>{text("url", "Address", "Where it is found: an http or https address.", "url")}</div>
        <TextField label="Authors" hint="One a line." path={["authors"]} errors={errors} rows={2} value={form.authors} onInput={(authors) => change({ authors })} />
        {text("provider", "Published by")}
        {text("year", "Year", undefined, "number")}
        {text("language", "Language", "As BCP 47 writes it: en, pt-BR.")}
        {text("price", "Price in US dollars", "0 is free.", "number")}
        <ChoiceField label="Quality" path={["quality"]} errors={errors} value={form.quality} options={QUALITIES} onChange={(quality) => change({ quality })} />
      </div>
      <fieldset class={styles["form"]}>
        <legend>Other names of it</legend>
        <div class={styles["fields"]}>
          {text("isbn", "ISBN", "13 digits.")}
          {text("doi", "DOI", "Such as 10.1145/359545.359563.")}
          {text("arxiv", "arXiv", "Such as 1811.09676.")}
          {text("standard", "Standard", "Such as RFC 9110.")}
        </div>
      </fieldset>
      <Place path={["attested"]}>
        <fieldset class={styles["form"]}>
          <legend>Confirmation of the address</legend>
          <FieldError error={errors.at("attested")} />
          <div class={styles["fields"]}>
            <TextField label="Day" path={["attested", "on"]} errors={errors} kind="date" value={form.attestedOn} onInput={(attestedOn) => change({ attestedOn })} />
            <TextField
              label="By"
              hint="“page”, the page itself; “documents”; or the documents that name it, one a line."
              path={["attested", "by"]}
              errors={errors}
              rows={1}
              value={form.attestedBy}
              onInput={(attestedBy) => change({ attestedBy })}
            />
          </div>
        </fieldset>
      </Place>
      <AliasesField aliases={form.aliases} errors={errors} onChange={(aliases) => change({ aliases })} />
      <ForField topics={form.for} errors={errors} onChange={(topics) => change({ for: topics })} />
      <CoversField covers={form.covers} errors={errors} onChange={(covers) => change({ covers })} />
    </>
  );
}
