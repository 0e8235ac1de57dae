/** Who is signed in. */
import { useEffect } from "preact/hooks";
import { useClient, useQuery, useSubscription } from "@urql/preact";
import { sender } from "../api/outbox";
import { ViewerChangedDocument, ViewerDocument, type ViewerQuery } from "./viewer.generated";

export type Viewer = NonNullable<ViewerQuery["viewer"]>;

/** `undefined` while that is not known yet, `null` where nobody is. */
export function useViewer(): Viewer | null | undefined {
  const [{ data }] = useQuery({ query: ViewerDocument });
  return data?.viewer;
}

export const isCurator = (viewer: Viewer | null | undefined) => viewer?.role === "CURATOR" || viewer?.role === "ADMIN";

/** Has what is to be done sent in the name of who is signed in, and of nobody else; and who that is known anew when it changes anywhere. */
export function useSender() {
  const viewer = useViewer();
  const client = useClient();
  useSubscription({ query: ViewerChangedDocument, pause: !viewer }, (_, told) => {
    void client.query(ViewerDocument, {}, { requestPolicy: "network-only" }).toPromise();
    return told;
  });
  useEffect(() => {
    if (viewer !== undefined) sender.set(viewer ? nameOf(viewer) : undefined);
  }, [viewer]);
}

/** Accounts without an address come from elsewhere; no two of anybody's begin in the same moment. */
const nameOf = ({ email, createdAt }: Viewer) => `${email ?? ""} ${createdAt}`;
