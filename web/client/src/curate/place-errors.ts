/**
 * Which field of a form each error is about. The API names the argument, such as `["input", "edits", "1", "updateStep", "requires", "0"]`; each edit knows
 * where in the form its arguments come from.
 */
import type { CatalogEditInput, UserErrorCode } from "../api/schema.generated";

/** Where in a form something is: `["levels", "WORKING", "requires", "0"]`. */
export type FormPath = readonly string[];

/** An edit, and where in the form each of its arguments comes from. */
export interface PlacedEdit {
  edit: CatalogEditInput;
  place: (argument: FormPath) => FormPath;
}

export interface UserError {
  code: UserErrorCode;
  message: string;
  field: readonly string[];
  /** Of a circle: what it leads around by. */
  path: readonly string[] | null;
}

export interface PlacedError {
  path: FormPath;
  message: string;
  circle: readonly string[] | null;
}

export function placeErrors(errors: readonly UserError[], edits: readonly PlacedEdit[] = []): PlacedError[] {
  return errors.map(({ message, field, path }) => ({ message, path: placeOf(field, edits), circle: path }));
}

function placeOf(field: readonly string[], edits: readonly PlacedEdit[]): FormPath {
  const [root, ...argument] = field;
  if (root !== "input") return field;
  if (argument[0] !== "edits") return argument;
  const edit = edits[Number(argument[1])];
  // The edits as a whole, or one that is not of the form.
  return edit ? edit.place(argument.slice(3)) : [];
}

/** The errors of a form, asked for by its fields. */
export class FieldErrors {
  constructor(readonly all: readonly PlacedError[] = []) {}

  /** What is wrong with a field, or with anything in it. */
  under(...path: string[]): string | undefined {
    return this.said((error) => path.every((part, index) => error.path[index] === part));
  }

  /** What is wrong with a field itself. */
  at(...path: string[]): string | undefined {
    return this.said((error) => error.path.length === path.length && path.every((part, index) => error.path[index] === part));
  }

  private said(is: (error: PlacedError) => boolean): string | undefined {
    const messages = this.all.filter(is).map(({ message }) => message);
    return messages.length > 0 ? [...new Set(messages)].join(" ") : undefined;
  }
}

/** Of the fields that a page has, by their paths, the one that an error is nearest to: itself, or what it is in. */
export function nearestField(fields: readonly string[], path: FormPath): string | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join(".");
    if (fields.includes(name)) return name;
  }
  return undefined;
}
