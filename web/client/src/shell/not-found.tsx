/** An address that leads nowhere. */
import { ButtonLink } from "../ui/button";
import { Empty } from "../ui/note";
import { Page } from "./page";

export default function NotFound() {
  return (
    <Page title="Nothing here">
      <Empty
        title="No page has this address."
        actions={
          <>
            <ButtonLink href="/plan" look="main">
              Plan a roadmap
            </ButtonLink>
            <ButtonLink href="/topics">Browse the catalogue</ButtonLink>
          </>
        }
      >
        <p>It may have been cut off, or mistyped.</p>
      </Empty>
    </Page>
  );
}
