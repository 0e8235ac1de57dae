/** What a learner who is signed in has recorded to know, taken into the question at a click: so it is in the address too. */
import { useQuery } from "@urql/preact";
import { UserCheck } from "lucide";
import { LEVELS, showCount } from "../format/format";
import { useViewer } from "../shell/viewer";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { OwnSkillsDocument } from "./question.generated";
import type { Question, StepName } from "./question";

interface OwnSkillsProps {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}

export function OwnSkills({ question, onChange }: OwnSkillsProps) {
  const viewer = useViewer();
  const [{ data }] = useQuery({ query: OwnSkillsDocument, pause: !viewer || viewer.skillCount === 0 });
  const missing = missingOf(data?.viewer?.skills.nodes ?? [], question.skills);
  if (missing.length === 0) return null;
  const topics = new Set(missing.map(({ topic }) => topic));
  const take = () =>
    onChange({
      skills: [...question.skills.filter(({ topic }) => !topics.has(topic)), ...missing],
      gaps: question.gaps.filter(({ topic }) => !topics.has(topic)),
    });
  return (
    <p>
      <Button small onClick={take}>
        <Icon of={UserCheck} /> Add {showCount(missing.length, "skill")} from your account
      </Button>
    </p>
  );
}

/** Those of the first that the others do not have at their level or above. */
function missingOf(recorded: readonly StepName[], said: readonly StepName[]): StepName[] {
  const rank = ({ level }: StepName) => LEVELS.indexOf(level);
  return recorded
    .filter((skill) => !said.some((other) => other.topic === skill.topic && rank(other) >= rank(skill)))
    .map(({ topic, level }) => ({ topic, level }));
}
