/** All that there is to see and to change about one's account. */
import { useQuery } from "@urql/preact";
import { showDay } from "../format/format";
import { Page } from "../shell/page";
import { useViewer } from "../shell/viewer";
import { ButtonLink } from "../ui/button";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { AccountDocument } from "./account.generated";
import { ChangePassword } from "./change-password";
import { OwnData } from "./own-data";
import { Sessions } from "./sessions";
import { SignOut } from "./sign-out";
import { Skills } from "./skills";
import { Tokens } from "./tokens";
import styles from "./account.module.css";

const ROLES = { LEARNER: "Learner", CURATOR: "Curator", ADMIN: "Administrator" } as const;

export default function AccountPage() {
  const [{ data, error }] = useQuery({ query: AccountDocument });
  const isSignedOut = useViewer() === null;
  if (isSignedOut) return <SignedOut title="Account" />;
  if (error && !data) {
    return (
      <Page title="Account">
        <ErrorNote error={error} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title="Account">
        <Skeleton lines={6} label="Loading your account" />
      </Page>
    );
  }
  const viewer = data.viewer;
  if (!viewer) return <SignedOut title="Account" />;
  return (
    <Page
      title="Account"
      lead={`${[viewer.name, viewer.email].filter(Boolean).join(", ")}. ${ROLES[viewer.role]} since ${showDay(viewer.createdAt.slice(0, 10))}.`}
      actions={<SignOut />}
    >
      <div class={styles["parts"]}>
        <Skills />
        {viewer.email !== null && <ChangePassword />}
        <Sessions sessions={viewer.sessions ?? []} />
        <Tokens tokens={viewer.accessTokens ?? []} role={viewer.role} />
        <OwnData hasPassword={viewer.email !== null} />
      </div>
    </Page>
  );
}

/** What a page says that is for somebody who is signed in. */
export function SignedOut({ title }: { title: string }) {
  const then = encodeURIComponent(location.pathname + location.search);
  return (
    <Page title={title}>
      <Empty
        title="You are not signed in."
        actions={
          <>
            <ButtonLink look="main" href={`/sign-in?then=${then}`}>
              Sign in
            </ButtonLink>
            <ButtonLink href="/plan">Plan without an account</ButtonLink>
          </>
        }
      >
        <p>With an account roadmaps are kept and followed.</p>
      </Empty>
    </Page>
  );
}
