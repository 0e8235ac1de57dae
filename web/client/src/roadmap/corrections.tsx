/** What a learner may say of a step that is on the roadmap: that it is known already, or not wanted. */
import type { Asked } from "../question/use-question";
import { showStep } from "../format/format";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import type { PlanStep } from "./model";

/** The buttons of each step. */
export const correctionsOf = (asked: Asked) => (step: PlanStep) => <Corrections step={step} asked={asked} />;

function Corrections({ step, asked }: { step: PlanStep; asked: Asked }) {
  const { question, ask } = asked;
  const { topic, level, title } = step;
  const know = () => {
    const skills = [...question.skills.filter((skill) => skill.topic !== topic), { topic, level }];
    ask({ skills, gaps: question.gaps.filter((gap) => gap.topic !== topic) });
    say(`${showStep(title, level)}, is taken as known.`);
  };
  const leaveOut = () => {
    ask({ avoid: [...question.avoid, topic], prefer: question.prefer.filter((slug) => slug !== topic) });
    say(`${title} is left out.`);
  };
  return (
    <>
      <Button small onClick={know}>
        I know this already
      </Button>
      <Button small onClick={leaveOut}>
        Leave this topic out
      </Button>
    </>
  );
}
