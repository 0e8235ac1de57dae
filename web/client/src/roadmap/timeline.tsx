/** The way as time goes: on top the whole of it, to scale; below its steps, milestone by milestone, each with its days as a bar. */
import { useState } from "preact/hooks";
import { Flag } from "lucide";
import { isoOf, showCount, showDay, showDays, showHours } from "../format/format";
import { Icon } from "../ui/icon";
import { Empty } from "../ui/note";
import { Glossary } from "../ui/glossary";
import { SIGNS, wayColour } from "./marks";
import type { PlanMilestone } from "./model";
import { Axis } from "./timeline/axis";
import { Scale } from "./timeline/scale";
import { Stop } from "./timeline/stop";
import type { ViewProps } from "./views";
import styles from "./timeline.module.css";

export function Timeline({ plan, ...given }: ViewProps) {
  const [today] = useState(() => isoOf(new Date()));
  if (plan.steps.length === 0) return <Empty title="Nothing is left to learn.">You know all that it takes.</Empty>;
  return (
    <div class={styles["timeline"]}>
      <Scale plan={plan} selected={given.selected} today={today} />
      <Glossary words={SIGNS} />
      {plan.milestones.map((milestone) => (
        <Stretch key={milestone.index} milestone={milestone} today={today} {...given} />
      ))}
    </div>
  );
}

interface StretchProps extends Omit<ViewProps, "plan"> {
  milestone: PlanMilestone;
  today: string;
}

function Stretch({ milestone, today, selected, onSelect, actions }: StretchProps) {
  const { index, title, steps, hours, startsOn, arrivesOn } = milestone;
  return (
    <section id={`stretch-${index}`} class={`${styles["milestone"]} ${wayColour(index)}`} aria-labelledby={`way-${index}`}>
      <header>
        <h2 id={`way-${index}`}>{title}</h2>
        <p class="soft small">
          {showCount(steps.length, "step")}, {showHours(hours)}, {showDays(startsOn, arrivesOn)}
        </p>
      </header>
      <div class={styles["stops"]}>
        <Axis span={{ from: startsOn, to: arrivesOn }} today={today} />
        <ol role="list">
          {steps.map((step, place) => (
            <Stop
              key={step.key}
              step={step}
              before={steps[place - 1]}
              from={startsOn}
              to={arrivesOn}
              isSelected={step.key === selected}
              onSelect={onSelect}
              actions={actions}
            />
          ))}
          <li class={styles["arrival"]}>
            <Icon of={Flag} />
            <p>
              <strong>{title}</strong>, <time dateTime={arrivesOn}>{showDay(arrivesOn)}</time>
            </p>
          </li>
        </ol>
      </div>
    </section>
  );
}
