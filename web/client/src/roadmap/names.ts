/** What steps of the catalogue are called. */
import { showStep } from "../format/format";
import type { NamedFragment } from "./names.generated";

export const nameOf = ({ topic, level }: NamedFragment) => showStep(topic.title, level);
export const keyOf = ({ topic, level }: NamedFragment) => `${topic.slug}@${level}`;
