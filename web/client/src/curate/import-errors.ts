/** Where in a text an error is: the API says it by the line, at the beginning of the message. */

export interface TextError {
  message: string;
  /** Counted from 1; nothing where it is about the text as a whole. */
  line: number | undefined;
}

const LINE = /^Line (\d+)/;

export function textErrors(errors: readonly { message: string }[]): TextError[] {
  return errors.map(({ message }) => {
    const line = LINE.exec(message)?.[1];
    return { message, line: line === undefined ? undefined : Number(line) };
  });
}

/** From where to where a line goes, in characters. */
export function rangeOf(text: string, line: number): [number, number] {
  let from = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf("\n", from);
    if (end === -1) break;
    from = end + 1;
  }
  const end = text.indexOf("\n", from);
  return [from, end === -1 ? text.length : end];
}
