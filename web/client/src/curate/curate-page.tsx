/** Where curators edit the catalogue: which part of it an address shows. */
import { useRoute } from "preact-iso/router";
import { isCurator, useViewer } from "../shell/viewer";
import { Page } from "../shell/page";
import { ButtonLink } from "../ui/button";
import { Empty, Skeleton } from "../ui/note";
import { Editor } from "./editor";
import { ImportPage } from "./import-page";
import { AREA, RESOURCE, ROLE, TOPIC } from "./kinds";
import { Lists } from "./lists";
import { Overview } from "./overview";
import { RevisionPage } from "./revision-page";
import { RevisionsPage } from "./revisions-page";

export default function CuratePage() {
  const viewer = useViewer();
  if (isCurator(viewer)) return <Part />;
  return (
    <Page title="Curate">
      {viewer === undefined && <Skeleton lines={6} />}
      {viewer === null && (
        <Empty title="Curators sign in first" actions={<ButtonLink look="main" href={`/sign-in?then=${encodeURIComponent(location.pathname)}`}>Sign in</ButtonLink>}>
          <p>The catalogue itself is open to everybody.</p>
        </Empty>
      )}
      {viewer && (
        <Empty title="This is for curators" actions={<ButtonLink href="/topics">Browse the catalogue</ButtonLink>}>
          <p>Whoever runs this server can make you one.</p>
        </Empty>
      )}
    </Page>
  );
}

function Part() {
  const { part = "", slug } = useRoute().params;
  const isNew = part === "new";
  const key = `${part}/${slug}`;
  if (part === "") return <Overview />;
  if (part === "import") return <ImportPage />;
  if (part === "revisions") return slug === undefined ? <RevisionsPage /> : <RevisionPage key={key} number={Number(slug)} />;
  if (isNew || slug !== undefined) {
    const of = isNew ? `${slug}s` : part;
    const name = isNew ? undefined : slug;
    if (of === "topics") return <Editor key={key} kind={TOPIC} slug={name} />;
    if (of === "resources") return <Editor key={key} kind={RESOURCE} slug={name} />;
    if (of === "roles") return <Editor key={key} kind={ROLE} slug={name} />;
    if (of === "areas") return <Editor key={key} kind={AREA} slug={name} />;
  }
  return <Lists part={part} />;
}
