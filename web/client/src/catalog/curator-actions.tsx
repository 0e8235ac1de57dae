/** What curators can do with what a page of the catalogue shows; nothing for anybody else. */
import { Archive, PenLine, Plus, Tag } from "lucide";
import { isCurator, useViewer } from "../shell/viewer";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";

type Part = "topics" | "resources" | "roles";

const ONE: Record<Part, string> = { topics: "topic", resources: "resource", roles: "role" };

export function CuratorActions({ part, slug }: { part: Part; slug?: string }) {
  if (!isCurator(useViewer())) return null;
  if (slug === undefined) {
    return (
      <ButtonLink href={`/curate/new/${ONE[part]}`}>
        <Icon of={Plus} /> New {ONE[part]}
      </ButtonLink>
    );
  }
  const editor = `/curate/${part}/${slug}`;
  return (
    <>
      <ButtonLink href={editor}>
        <Icon of={PenLine} /> Edit
      </ButtonLink>
      <ButtonLink href={`${editor}?do=rename`}>
        <Icon of={Tag} /> Rename
      </ButtonLink>
      <ButtonLink href={`${editor}?do=retire`}>
        <Icon of={Archive} /> Retire
      </ButtonLink>
    </>
  );
}
