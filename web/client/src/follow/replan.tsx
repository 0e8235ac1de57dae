/** Planning anew: what it has changed is told in a window. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { RefreshCw } from "lucide";
import { newId } from "../api/new-id";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { ErrorNote } from "../ui/note";
import { Changes } from "./changes";
import { ReplanDocument } from "./manage.generated";

export function Replan({ id, look = "plain" }: { id: string; look?: "plain" | "main" }) {
  const [{ data, error, fetching }, replan] = useMutation(ReplanDocument);
  const [isTold, setTold] = useState(false);
  const changes = data?.replan?.changes;
  const run = async () => {
    await replan({ input: { id, clientMutationId: newId() } });
    setTold(true);
  };
  return (
    <>
      <Button look={look} disabled={fetching} onClick={run}>
        <Icon of={RefreshCw} /> {fetching ? "Planning…" : "Plan anew"}
      </Button>
      {isTold && (
        <Dialog title="Planned anew" onClose={() => setTold(false)}>
          {error && <ErrorNote error={error} />}
          {data?.replan?.userErrors.map(({ message }) => (
            <p key={message}>{message}</p>
          ))}
          {changes && <Changes changes={changes} />}
          <p>
            <Button look="main" onClick={() => setTold(false)}>
              Good
            </Button>
          </p>
        </Dialog>
      )}
    </>
  );
}
