/** What steps of the catalogue are called. */
import type { Proficiency } from "../api/schema.generated";
import { showStep } from "../format/format";
import type { NamedFragment } from "./names.generated";

export const nameOf = ({ topic, level }: NamedFragment) => showStep(topic.title, level);
export const keyOf = ({ topic, level }: { topic: { slug: string }; level: Proficiency }) => `${topic.slug}@${level}`;
