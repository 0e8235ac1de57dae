/** What can be done with a step of a roadmap that is followed. */
import { useState } from "preact/hooks";
import { Check, Clock, Play, RotateCcw, SkipForward } from "lucide";
import { doLater } from "../api/outbox";
import type { PlanStep } from "../roadmap/model";
import { nameOfStep } from "../roadmap/marks";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { LogForm } from "./log-form";
import styles from "./follow.module.css";

interface StepActionsProps {
  roadmap: string;
  step: ActedOn;
  /** Where there is more than one roadmap it is not clear which one would be planned anew. */
  withoutSkip?: boolean;
}

/** As much of a step as one has to know to do something with it. */
export type ActedOn = Pick<PlanStep, "topic" | "level" | "title" | "state">;

/** The button that was pressed may go with what it did: the focus then stays near by. */
function keepFocus(button: HTMLElement) {
  const places = [button.closest("li"), button.closest("section, aside")];
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const place = places.find((one) => one?.isConnected);
    place?.querySelector<HTMLElement>("button:not(:disabled), a[href]")?.focus();
  }, FOCUS_AFTER);
}

/** Until what was done is written down and shown. */
const FOCUS_AFTER = 150;

export function StepActions({ roadmap, step, withoutSkip }: StepActionsProps) {
  const [open, setOpen] = useState<"log" | "skip">();
  const name = nameOfStep(step);
  const input = { roadmap, step: { topic: step.topic, level: step.level } };
  const act = (operation: "startStep" | "completeStep" | "reopenStep", done: string) => (event: { currentTarget: HTMLElement }) => {
    keepFocus(event.currentTarget);
    void doLater(operation, input, name).then(() => say(`${name}: ${done}.`));
  };
  const isOpen = step.state === "OPEN" || step.state === "STARTED";
  return (
    <>
      {step.state === "OPEN" && (
        <Button small aria-label={`Begin ${name}`} onClick={act("startStep", "begun")}>
          <Icon of={Play} size="1em" /> Begin
        </Button>
      )}
      {isOpen && (
        <Button small look={step.state === "STARTED" ? "main" : "plain"} aria-label={`Complete ${name}`} onClick={act("completeStep", "done")}>
          <Icon of={Check} size="1em" /> Complete
        </Button>
      )}
      {isOpen && (
        <Button small aria-label={`Log hours on ${name}`} onClick={() => setOpen("log")}>
          <Icon of={Clock} size="1em" /> Log hours
        </Button>
      )}
      {isOpen && !withoutSkip && (
        <Button small look="quiet" aria-label={`Skip ${name}`} onClick={() => setOpen("skip")}>
          <Icon of={SkipForward} size="1em" /> Skip
        </Button>
      )}
      {step.state === "COMPLETED" && (
        <Button small look="quiet" aria-label={`Reopen ${name}`} onClick={act("reopenStep", "taken up again")}>
          <Icon of={RotateCcw} size="1em" /> Reopen
        </Button>
      )}
      {step.state === "STARTED" && (
        <Button small look="quiet" aria-label={`Not begun after all: ${name}`} onClick={act("reopenStep", "not begun")}>
          <Icon of={RotateCcw} size="1em" /> Not begun
        </Button>
      )}
      {open === "log" && (
        <Dialog title={`Hours on ${name}`} onClose={() => setOpen(undefined)}>
          <LogForm roadmap={roadmap} step={step} onDone={() => setOpen(undefined)} />
        </Dialog>
      )}
      {open === "skip" && <Skip name={name} onClose={() => setOpen(undefined)} onSkip={(reason) => doLater("skipStep", { ...input, reason }, name)} />}
    </>
  );
}

interface SkipProps {
  name: string;
  onClose: () => void;
  onSkip: (reason: "KNOWN" | "UNWANTED") => void;
}

function Skip({ name, onClose, onSkip }: SkipProps) {
  const skip = (reason: "KNOWN" | "UNWANTED") => {
    onSkip(reason);
    onClose();
  };
  return (
    <Dialog title={`Skip ${name}?`} onClose={onClose}>
      <p>The roadmap is planned anew without it; what changes is told.</p>
      <ul role="list" class={styles["reasons"]}>
        <li>
          <Button look="main" onClick={() => skip("KNOWN")}>
            I know it already
          </Button>
          <p class="soft small">It is recorded as known, and what it unlocks can begin.</p>
        </li>
        <li>
          <Button onClick={() => skip("UNWANTED")}>I don't want it</Button>
          <p class="soft small">Another way is looked for that does without it.</p>
        </li>
      </ul>
    </Dialog>
  );
}
