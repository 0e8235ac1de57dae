/** What a person has to enter otherwise, as a mutation answers it, for the fields of a form. */

interface UserError {
  /** The path of the argument, such as `["input", "email"]`. */
  field: string[];
  message: string;
}

/** What is wrong with a field of the input; `undefined` where nothing is. */
export function errorAt(errors: readonly UserError[], field: string): string | undefined {
  const messages = errors.filter((error) => error.field[1] === field).map(({ message }) => message);
  return messages.length > 0 ? messages.join(" ") : undefined;
}

/** What is wrong with none of these fields: to be said above the form. */
export function errorsElsewhere(errors: readonly UserError[], fields: readonly string[]): string[] {
  return errors.filter(({ field }) => !fields.includes(field[1] ?? "")).map(({ message }) => message);
}
