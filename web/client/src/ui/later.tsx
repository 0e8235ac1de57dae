/** A part of a page whose code is loaded when it is first shown, and asked for again where that failed. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "./button";
import { Note, Skeleton } from "./note";

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>, lines = 8): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [state, setState] = useState<"waiting" | "there" | "failed">(Loaded ? "there" : "waiting");
    useEffect(() => {
      let isShown = true;
      if (state !== "waiting") return undefined;
      load().then(
        (component) => {
          Loaded = component;
          if (isShown) setState("there");
        },
        () => isShown && setState("failed"),
      );
      return () => (isShown = false);
    }, [state]);
    if (Loaded) return <Loaded {...props} />;
    if (state === "waiting") return <Skeleton lines={lines} />;
    return (
      <Note tone="warn" live title="This part could not be loaded" actions={<Button onClick={() => setState("waiting")}>Try again</Button>}>
        <p>Perhaps the connection was lost for a moment.</p>
      </Note>
    );
  };
}
