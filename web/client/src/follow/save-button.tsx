/** Keeps a roadmap: as a new one, or as the changed wishes of one that is kept. */
import { useState } from "preact/hooks";
import { Bookmark } from "lucide";
import type { Question } from "../question/question";
import type { Plan } from "../roadmap/model";
import { useViewer } from "../shell/viewer";
import { Button, ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { later } from "../ui/later";

const Saving = later(() => import("./saving").then((module) => module.Saving));
const SaveChanges = later(() => import("./saving").then((module) => module.SaveChanges));

interface SaveButtonProps {
  question: Question;
  plan: Plan;
  /** The id of the kept roadmap whose wishes are being changed. */
  edited?: string | undefined;
}

export function SaveButton({ question, plan, edited }: SaveButtonProps) {
  const viewer = useViewer();
  const [isOpen, setOpen] = useState(false);
  if (viewer === undefined) return null;
  if (viewer === null) {
    const then = encodeURIComponent(location.pathname + location.search);
    return (
      <ButtonLink look="main" href={`/sign-in?then=${then}`}>
        <Icon of={Bookmark} /> Sign in to keep it
      </ButtonLink>
    );
  }
  if (edited !== undefined) return <SaveChanges id={edited} question={question} />;
  return (
    <>
      <Button look="main" onClick={() => setOpen(true)}>
        <Icon of={Bookmark} /> Keep it
      </Button>
      {isOpen && <Saving question={question} title={titleOf(plan)} onClose={() => setOpen(false)} />}
    </>
  );
}

const titleOf = ({ from, to }: Plan) => (to ? (from ? `${from.title} to ${to.title}` : to.title) : "My goals");

