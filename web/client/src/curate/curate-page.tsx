/** The pages of curators: what each part of the address leads to. */
import { useRoute } from "preact-iso/router";
import { SignedOut } from "../account/account-page";
import NotFound from "../shell/not-found";
import { Page } from "../shell/page";
import { isCurator, useViewer } from "../shell/viewer";
import { Empty, Skeleton } from "../ui/note";
import { CurateNav } from "./curate-nav";
import { Import } from "./import";
import { Overview } from "./overview";
import { Revision } from "./revision";
import { Revisions } from "./revisions";

export default function CuratePage() {
  const { part, slug } = useRoute().params;
  const viewer = useViewer();
  if (viewer === null) return <SignedOut title="Curate" />;
  if (viewer === undefined) {
    return (
      <Page title="Curate">
        <Skeleton lines={6} label="Loading" />
      </Page>
    );
  }
  if (!isCurator(viewer)) {
    return (
      <Page title="Curate">
        <Empty title="This is for curators.">
          <p>Somebody who runs this server can make you one.</p>
        </Empty>
      </Page>
    );
  }
  const shown = partOf(part, slug);
  if (!shown) return <NotFound />;
  return (
    <Page title={shown.title}>
      <CurateNav part={part} />
      {shown.content}
    </Page>
  );
}

function partOf(part: string | undefined, slug: string | undefined) {
  if (part === undefined) return { title: "Curate", content: <Overview /> };
  if (part === "import" && slug === undefined) return { title: "Import a catalogue", content: <Import /> };
  if (part === "revisions" && slug === undefined) return { title: "Revisions", content: <Revisions /> };
  if (part === "revisions" && Number(slug) > 0) return { title: `Revision ${slug}`, content: <Revision key={slug} number={Number(slug)} /> };
  return undefined;
}
