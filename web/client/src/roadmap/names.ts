/** What steps of the catalogue are called. */
import { showLevel } from "../format/format";
import type { NamedFragment } from "./names.generated";

export const nameOf = ({ topic, level }: NamedFragment) => `${topic.title}, ${showLevel(level).toLowerCase()}`;
export const keyOf = ({ topic, level }: NamedFragment) => `${topic.slug}@${level}`;
