/** What is typed and not saved yet, kept for as long as the window is open: it survives a reload, and going elsewhere and back. */

export interface Kept<Form> {
  /** What was loaded; nothing for what is new. */
  original: Form | undefined;
  form: Form;
  message: string;
}

const keyOf = (path: string) => `waymark.typed:${path}`;

export function keep<Form>(path: string, kept: Kept<Form>) {
  try {
    sessionStorage.setItem(keyOf(path), JSON.stringify(kept));
  } catch {
    // No room: then it is in this page alone.
  }
}

export function keptAt<Form>(path: string): Kept<Form> | undefined {
  const text = sessionStorage.getItem(keyOf(path));
  return text === null ? undefined : (JSON.parse(text) as Kept<Form>);
}

export const forget = (path: string) => sessionStorage.removeItem(keyOf(path));
