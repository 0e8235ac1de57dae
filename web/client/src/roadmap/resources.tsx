/** The resources of a roadmap, chosen as a whole: which ones, for which steps, how long and for how much. */
import { useQuery } from "@urql/preact";
import type { RoadmapInput } from "../api/schema.generated";
import { showCount, showHours, showHoursInFull, showLevel, showMoney } from "../format/format";
import { Empty, ErrorNote, Note, Skeleton } from "../ui/note";
import { ResourcePlanDocument } from "./choices.generated";
import type { Plan } from "./model";
import { ResourceLine } from "./teaching";
import styles from "./resources.module.css";

interface ResourcesProps {
  input: RoadmapInput;
  plan: Plan;
  onSelect: (key: string | undefined) => void;
}

export function Resources({ input, plan, onSelect }: ResourcesProps) {
  const [{ data, error, fetching }] = useQuery({ query: ResourcePlanDocument, variables: { input } });
  const chosen = data?.roadmap?.resources;
  if (error && !chosen) return <ErrorNote error={error} />;
  if (!chosen) return <Skeleton lines={8} label="Choosing resources" />;
  if (chosen.picks.length === 0 && chosen.uncovered.length === 0) return <Empty title="Nothing to learn from." />;
  return (
    <div class={styles["resources"]} aria-busy={fetching}>
      <p class={styles["sum"]}>
        <strong>{showCount(chosen.picks.length, "resource")}</strong> for <strong>{showMoney(chosen.price)}</strong>, {showHoursInFull(chosen.hours)} of learning with them
        {chosen.provenMinimal ? ": no other set within your wishes is a lighter burden, proven." : "."}
      </p>
      {chosen.uncovered.length > 0 && (
        <Note tone="warn" title={`${showCount(chosen.uncovered.length, "step has", "steps have")} no resource within your wishes`}>
          <p>{chosen.uncovered.map(({ topic, level }) => `${topic.title}, ${showLevel(level).toLowerCase()}`).join("; ")}.</p>
        </Note>
      )}
      <ul role="list" class={styles["picks"]}>
        {chosen.picks.map(({ resource, covers }) => (
          <li key={resource.slug}>
            <ResourceLine resource={resource} />
            <ul role="list" class={styles["covers"]} aria-label={`What ${resource.title} teaches`}>
              {covers.map(({ step, hours, section }) => {
                const key = `${step.topic.slug}@${step.level}`;
                const name = `${step.topic.title}, ${showLevel(step.level).toLowerCase()}`;
                return (
                  <li key={key}>
                    {plan.byKey.has(key) ? (
                      <button type="button" onClick={() => onSelect(key)}>
                        {name}
                      </button>
                    ) : (
                      name
                    )}{" "}
                    <span class="soft">
                      {showHours(hours)}
                      {section && ` · ${section}`}
                    </span>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
