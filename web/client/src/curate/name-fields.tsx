/** The fields that everything has: the title, and the slug of what is new, which follows the title until it is typed. */
import { slugOf } from "./form-values";
import type { FieldsProps, NamedForm } from "./kind";
import { TextField } from "./text-field";

export function NameFields<Form extends NamedForm>({ form, change, errors, isNew }: FieldsProps<Form>) {
  const { title, slug } = form;
  const changeName = change as (change: Partial<NamedForm>) => void;
  const retitle = (next: string) => changeName({ title: next, ...(isNew && slug === slugOf(title) && { slug: slugOf(next) }) });
  return (
    <>
      <TextField label="Title" path={["title"]} errors={errors} value={title} onInput={retitle} />
      {isNew && (
        <TextField
          label="Slug"
          hint="Its name in addresses: lower case letters, digits and single hyphens."
          path={["slug"]}
          errors={errors}
          value={slug}
          onInput={(slug) => changeName({ slug })}
        />
      )}
    </>
  );
}
