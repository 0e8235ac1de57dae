/** Who is signed in. */
import { useEffect, useRef } from "preact/hooks";
import { useClient, useQuery, useSubscription } from "@urql/preact";
import { nameOf } from "../api/learner";
import { sender } from "../api/outbox";
import { ViewerChangedDocument, ViewerDocument, type ViewerQuery } from "./viewer.generated";

export type Viewer = NonNullable<ViewerQuery["viewer"]>;

/** `undefined` while that is not known yet, `null` where nobody is. */
export function useViewer(): Viewer | null | undefined {
  const [{ data }] = useQuery({ query: ViewerDocument });
  return data?.viewer;
}

export const isCurator = (viewer: Viewer | null | undefined) => viewer?.role === "CURATOR" || viewer?.role === "ADMIN";

const otherWindows = new BroadcastChannel("waymark.viewer");

/** Begins anew at another page: what was asked before was asked by somebody else, and the socket says who asks when it is opened. */
export function beginAnew(address: string) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
  otherWindows.postMessage("changed");
  location.assign(address);
}

/** Has what is to be done sent in the name of who is signed in, and of nobody else; and who that is known anew when it changes anywhere. */
export function useSender() {
  const viewer = useViewer();
  const client = useClient();
  const askAnew = () => void client.query(ViewerDocument, {}, { requestPolicy: "network-only" }).toPromise();
  const [live] = useSubscription({ query: ViewerChangedDocument, pause: !viewer }, (_, told) => {
    askAnew();
    return told;
  });
  useEnd(live.fetching, askAnew);
  useEffect(() => {
    // A page that was left may come back as it was.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && askAnew();
    otherWindows.addEventListener("message", askAnew);
    addEventListener("pageshow", comeBack);
    return () => {
      otherWindows.removeEventListener("message", askAnew);
      removeEventListener("pageshow", comeBack);
    };
  }, [client]);
  const own = viewer && nameOf(viewer);
  const first = useRef(own);
  useEffect(() => {
    if (own === undefined) return;
    if (first.current === undefined) first.current = own;
    // What was asked for somebody else, or for nobody, is not to be seen any more.
    if (own !== null && own !== first.current) location.reload();
    else sender.set(own ?? undefined);
  }, [own]);
}

/** Calls back when what was followed has ended: a session, or what it was about. */
export function useEnd(isFollowed: boolean, ended: () => void) {
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !isFollowed) ended();
    was.current = isFollowed;
  }, [isFollowed]);
}
