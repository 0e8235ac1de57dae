/** What a kind of thing in the catalogue brings so that it can be edited: its form, how that is loaded, and which edits come of it. */
import type { ComponentType } from "preact";
import type { CombinedError } from "@urql/core";
import type { CatalogEditInput } from "../api/schema.generated";
import type { FieldErrors, PlacedEdit, PlacedError } from "./place-errors";

type Part = "topics" | "resources" | "roles" | "areas";

/** What every form has; the slug is typed where the thing is new, and changed by renaming after that. */
export interface NamedForm {
  slug: string;
  title: string;
  aliases: string[];
}

interface Loaded<Form> {
  /** `null` where there is none of that name. */
  form: Form | null;
  revision: number;
}

export type LoadResult<Form> = Loaded<Form> | { error: CombinedError };

export interface FieldsProps<Form> {
  form: Form;
  change: (change: Partial<Form>) => void;
  errors: FieldErrors;
  isNew: boolean;
}

export interface Kind<Form extends NamedForm> {
  part: Part;
  /** What one of them is called. */
  one: string;
  blank: Form;
  load: (slug: string) => Promise<LoadResult<Form>>;
  /** What can be seen to be wrong before anything is sent. */
  check: (form: Form) => PlacedError[];
  /** What makes the one form out of the other; all of it, where there is none yet. */
  edits: (original: Form | undefined, form: Form) => PlacedEdit[];
  rename: (slug: string, newSlug: string) => CatalogEditInput;
  retire: (slug: string, replacement: string | undefined) => CatalogEditInput;
  Fields: ComponentType<FieldsProps<Form>>;
  /** Chooses what takes the place of one that is retired. */
  Replacement: ComponentType<ReplacementProps>;
}

export interface ReplacementProps {
  /** The one that goes. */
  slug: string;
  chosen: { slug: string; title: string } | undefined;
  onChoose: (chosen: { slug: string; title: string } | undefined) => void;
}
