/** The steps and what they need, as a graph: milestones from left to right, each step right of all that it needs. */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { Maximize, Minus, Plus, Route } from "lucide";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Glossary } from "../ui/glossary";
import { Empty } from "../ui/note";
import { useCamera, type Camera } from "./graph/camera";
import { Heads, useHeads } from "./graph/heads";
import { litBy } from "./graph/lit";
import { MOVES } from "./graph/moves";
import { placementOf, type Placement } from "./graph/placement";
import { World } from "./graph/world";
import { SIGNS } from "./marks";
import { findPlace, type ViewProps } from "./views";
import styles from "./graph.module.css";

const ZOOM = 1.35;

export function Graph(props: ViewProps) {
  const placement = useMemo(() => placementOf(props.plan), [props.plan]);
  if (props.plan.steps.length === 0) return <Empty title="Nothing is left to learn.">You know all that it takes.</Empty>;
  return <Drawing {...props} placement={placement} />;
}

function Drawing({ plan, selected, onSelect, placement }: ViewProps & { placement: Placement }) {
  const help = useId();
  const view = useRef<HTMLDivElement>(null);
  const world = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  const [isCriticalShown, setCriticalShown] = useState(false);
  const heads = useHeads(placement);
  const first = plan.steps[0]?.key ?? "";
  const camera = useCamera({
    view,
    world,
    placement,
    start: placement.steps.get(selected ?? first),
    onMove: heads.move,
  });
  const inHand = focused ?? selected;
  const lit = useMemo(() => (inHand !== undefined && plan.byKey.has(inHand) ? litBy(plan, inHand) : undefined), [plan, inHand]);
  const look = useCallback(
    (how: "reveal" | "goTo", key: string) => {
      const corner = placement.steps.get(key);
      if (corner && view.current) camera[how](corner, coveredOf(view.current));
    },
    [placement, camera],
  );
  useEffect(() => {
    if (selected !== undefined) look("goTo", selected);
  }, [selected, look]);

  const fit = useCallback(() => camera.fit(view.current ? coveredOf(view.current) : 0), [camera]);
  const onKey = useCallback(
    (event: KeyboardEvent, key: string) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const move = MOVES[event.key];
      const next = move?.(key, plan, placement);
      if (next !== undefined) findPlace(next)?.focus({ preventScroll: true });
      if (move || zoomBy(event.key, camera, fit)) event.preventDefault();
    },
    [plan, placement, camera, fit],
  );
  const onFocus = useCallback(
    (key: string | undefined) => {
      setFocused(key);
      if (key !== undefined) look("reveal", key);
    },
    [look],
  );

  return (
    <div class={styles["graph"]}>
      <div class={styles["tools"]} role="toolbar" aria-label="What is seen of the graph">
        <Tool icon={Plus} label="Zoom in" onClick={() => camera.zoomBy(ZOOM)} />
        <Tool icon={Minus} label="Zoom out" onClick={() => camera.zoomBy(1 / ZOOM)} />
        <Tool icon={Maximize} label="Show all" onClick={fit}>
          All
        </Tool>
        <Tool icon={Route} label="Longest chain" isPressed={isCriticalShown} onClick={() => setCriticalShown(!isCriticalShown)}>
          Longest chain
        </Tool>
        <Legend isLit={lit !== undefined} isCriticalShown={isCriticalShown} />
      </div>
      <p class={`soft small ${styles["fingers"]}`}>Two fingers move and zoom the graph; one scrolls the page.</p>
      <div ref={view} class={styles["view"]} role="group" aria-label="Graph of the steps" aria-describedby={help}>
        <World
          world={world}
          plan={plan}
          placement={placement}
          lit={lit}
          isCriticalShown={isCriticalShown}
          selected={selected}
          entry={inHand !== undefined && plan.byKey.has(inHand) ? inHand : first}
          onSelect={onSelect}
          onKey={onKey}
          onFocus={onFocus}
        />
        <Heads plan={plan} placement={placement} heads={heads} />
      </div>
      <Glossary words={SIGNS} />
      <p id={help} class="soft small">
        Drag to move; pinch, or scroll with Ctrl, to zoom. By keyboard: the arrow keys follow the lines and the columns, Page up and Page down the order, Enter opens a step; +, − and 0 zoom.
      </p>
    </div>
  );
}

function zoomBy(key: string, camera: Camera, fit: () => void): boolean {
  if (key === "+" || key === "=") camera.zoomBy(ZOOM);
  else if (key === "-") camera.zoomBy(1 / ZOOM);
  else if (key === "0") fit();
  else return false;
  return true;
}

/** How much of the right end of the view the details stand over, if they stand on its right. */
function coveredOf(view: HTMLElement): number {
  const aside = document.querySelector("[data-details]")?.getBoundingClientRect();
  const { left, right } = view.getBoundingClientRect();
  return aside && aside.left >= left ? Math.max(0, right - aside.left) : 0;
}

interface ToolProps {
  icon: typeof Plus;
  label: string;
  isPressed?: boolean;
  onClick: () => void;
  children?: ComponentChildren;
}

function Tool({ icon, label, isPressed, onClick, children }: ToolProps) {
  return (
    <Button small onClick={onClick} title={label} {...(!children && { "aria-label": label })} {...(isPressed !== undefined && { "aria-pressed": isPressed })}>
      <Icon of={icon} /> {children}
    </Button>
  );
}

function Legend({ isLit, isCriticalShown }: { isLit: boolean; isCriticalShown: boolean }) {
  return (
    <ul role="list" class={styles["legend"]}>
      {isLit && <li data-line="before">what it needs</li>}
      {isLit && <li data-line="after">what needs it</li>}
      {isCriticalShown && <li data-line="critical">longest chain</li>}
    </ul>
  );
}
