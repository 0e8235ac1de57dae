/**
 * The part of the graph that is seen: panned and zoomed by mouse, wheel and fingers (d3-zoom), by buttons and by keys. One element is transformed;
 * nothing is drawn anew by that.
 */
import type { RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import { STEP, type Placement, type Point } from "./placement";

/** What is smaller can't be read: the first look is no smaller. */
const READABLE = 0.62;
const LARGEST = 1.6;
/** The names of the milestones stand over the upper edge. */
const HEADS = 36;
/** How far one may go past the edges. */
const BEYOND = 240;
/** Room that is kept around a step that is brought into sight. */
const AROUND = 24;

export interface Camera {
  zoomBy: (factor: number) => void;
  /** All of it at once; `covered` pixels at the right end of the view can't be seen. */
  fit: (covered: number) => void;
  /** Brings a step into sight. */
  reveal: (corner: Point, covered: number) => void;
  /** Goes to a step that is to be read. */
  goTo: (corner: Point, covered: number) => void;
}

interface Sight {
  view: RefObject<HTMLDivElement | null>;
  world: RefObject<HTMLDivElement | null>;
  placement: Placement;
  /** Where one begins. */
  start: Point | undefined;
  onMove: (at: ZoomTransform) => void;
}

export function useCamera({ view, world, placement, start, onMove }: Sight): Camera {
  const behavior = useRef<ZoomBehavior<HTMLDivElement, unknown> | undefined>(undefined);
  const at = useRef<ZoomTransform>(zoomIdentity);
  const size = useRef(placement);
  size.current = placement;
  const told = useRef(onMove);
  told.current = onMove;

  useEffect(() => {
    if (!view.current) return undefined;
    const selected = select(view.current);
    const moved = ({ transform, sourceEvent }: D3ZoomEvent<HTMLDivElement, unknown>) => {
      at.current = transform;
      if (!world.current) return;
      // What a hand moves follows it; what a button moves glides.
      world.current.toggleAttribute("data-gliding", !sourceEvent);
      world.current.style.transform = `translate(${transform.x}px, ${transform.y}px) scale(${transform.k})`;
      told.current(transform);
    };
    behavior.current = zoom<HTMLDivElement, unknown>()
      .filter(isMeant)
      .on("zoom", moved);
    selected.call(behavior.current).on("dblclick.zoom", null);
    return () => void selected.on(".zoom", null);
  }, [view, world]);

  useEffect(() => {
    if (!view.current || !behavior.current) return;
    const { width, height } = placement;
    behavior.current.scaleExtent([Math.min(0.5, whole(view.current, placement).k), LARGEST]).translateExtent([
      [-BEYOND, -BEYOND],
      [width + BEYOND, height + BEYOND],
    ]);
    select(view.current).call(behavior.current.transform, firstLook(view.current, placement, start));
  }, [view, placement]);

  return useMemo(() => {
    const apply = (act: (behavior: ZoomBehavior<HTMLDivElement, unknown>, element: HTMLDivElement) => void) => {
      if (behavior.current && view.current) act(behavior.current, view.current);
    };
    const reveal = (corner: Point, covered: number) =>
      apply(({ translateBy }, element) => {
        const { k } = at.current;
        const [x, y] = at.current.apply([corner.x, corner.y]);
        const across = into(x, STEP.width * k, element.clientWidth - covered);
        const down = into(y, STEP.height * k, element.clientHeight, HEADS);
        if (across !== 0 || down !== 0) select(element).call(translateBy, across / k, down / k);
      });
    const goTo = (corner: Point, covered: number) => {
      if (at.current.k >= READABLE) return reveal(corner, covered);
      return apply(({ transform }, element) => select(element).call(transform, lookAt(element, corner, (element.clientWidth - covered) / 2, size.current.height)));
    };
    return {
      zoomBy: (factor) => apply(({ scaleBy }, element) => select(element).call(scaleBy, factor)),
      fit: (covered) => apply(({ transform }, element) => select(element).call(transform, whole(element, size.current, covered))),
      reveal,
      goTo,
    };
  }, [view]);
}

/** Whether a gesture is for the graph: the wheel alone, and one finger alone, go on scrolling the page. */
function isMeant(event: MouseEvent | TouchEvent): boolean {
  if ("touches" in event) return event.touches.length > 1;
  return event.type === "wheel" ? event.ctrlKey || event.metaKey : event.button === 0;
}

/** How far something has to be moved to be seen between the start and the end of the view. */
function into(start: number, length: number, end: number, first = 0): number {
  if (start < first + AROUND) return first + AROUND - start;
  return Math.min(0, end - AROUND - (start + length));
}

function whole({ clientWidth, clientHeight }: HTMLElement, { width, height }: Placement, covered = 0): ZoomTransform {
  const [across, down] = [clientWidth - covered, clientHeight - HEADS];
  const k = Math.min(1, across / width, down / height);
  return zoomIdentity.translate((across - width * k) / 2, HEADS + (down - height * k) / 2).scale(k);
}

/** All of it, where that can be read; else from where one begins. */
function firstLook(element: HTMLElement, placement: Placement, start: Point | undefined): ZoomTransform {
  const all = whole(element, placement);
  if (all.k >= READABLE || !start) return all;
  return lookAt(element, start, Math.min(element.clientWidth / 4, (start.x + STEP.width / 2) * READABLE), placement.height);
}

/** As small as can be read, with a step's middle at some place across the view, and in the middle of its height as far as there is something to see. */
function lookAt({ clientHeight }: HTMLElement, { x, y }: Point, across: number, height: number): ZoomTransform {
  const down = clientHeight / 2 - (y + STEP.height / 2) * READABLE;
  const [highest, lowest] = [HEADS, clientHeight - height * READABLE];
  const held = lowest > highest ? (highest + lowest) / 2 : Math.max(lowest, Math.min(highest, down));
  return zoomIdentity.translate(across - (x + STEP.width / 2) * READABLE, held).scale(READABLE);
}
