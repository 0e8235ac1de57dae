/** What went wrong, as the API says it: https://spec.graphql.org, with the codes of `extensions.code`. */
import type { CombinedError } from "@urql/core";

export interface ApiError {
  code: string;
  message: string;
  /** The path of the argument that is wrong, such as `input.skills[2].topic`. */
  argument?: string;
  didYouMean?: string;
  extensions: Record<string, unknown>;
}

/** The errors of an answer; one of code `UNREACHABLE` where there was none. */
export function errorsOf(error: CombinedError | undefined): ApiError[] {
  if (!error) return [];
  if (error.networkError && error.graphQLErrors.length === 0) {
    return [{ code: "UNREACHABLE", message: "The server can't be reached.", extensions: {} }];
  }
  return error.graphQLErrors.map(({ message, extensions }) => ({
    code: String(extensions["code"] ?? "INTERNAL"),
    message,
    ...(typeof extensions["argument"] === "string" && { argument: extensions["argument"] }),
    ...(typeof extensions["didYouMean"] === "string" && { didYouMean: extensions["didYouMean"] }),
    extensions,
  }));
}
