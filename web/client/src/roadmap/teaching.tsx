/** A resource that teaches a step: what it is, which part of it, how long, for how much. */
import { ExternalLink } from "lucide";
import { kindName } from "../question/resource-wishes";
import { showList, showMoney, showNumber, showTime } from "../format/format";
import { Icon } from "../ui/icon";
import { Quality } from "../ui/quality";
import type { DescribedFragment, TeachesFragment } from "./details.generated";
import styles from "./teaching.module.css";

export function Teaching({ teaches, isPicked }: { teaches: TeachesFragment; isPicked?: boolean }) {
  const { resource, hours, section } = teaches;
  return (
    <div class={`${styles["teaching"]} ${isPicked ? styles["picked"] : ""}`}>
      <ResourceLine resource={resource} section={section} hours={hours} />
    </div>
  );
}

interface ResourceLineProps {
  resource: DescribedFragment;
  section?: string | null;
  hours?: number;
}

export function ResourceLine({ resource, section, hours }: ResourceLineProps) {
  const by = resource.authors.length > 0 ? showList(resource.authors) : resource.provider;
  const facts = [kindName(resource.kind), by, resource.year && String(resource.year), resource.language !== "en" && resource.language].filter(Boolean);
  return (
    <div class={styles["line"]}>
      <p>
        <a href={resource.url} rel="noreferrer" target="_blank">
          {resource.title}
          <span class="hidden-text"> (opens in another tab)</span>
        </a>{" "}
        <span class={styles["host"]}>
          {new URL(resource.url).host.replace(/^www\./, "")} <Icon of={ExternalLink} size="0.85em" />
        </span>
      </p>
      {section && <p class={styles["section"]}>{section}</p>}
      <p class="soft small">{facts.join(" · ")}</p>
      <p class="small">
        {hours !== undefined && (
          <>
            <strong>{showTime(hours)}</strong> ·{" "}
          </>
        )}
        {showMoney(resource.price)} · <Quality value={resource.quality} />
        {resource.rating.average !== null && ` · learners: ${showNumber(resource.rating.average)} of 5`}
      </p>
      <p class={styles["address"]}>{resource.url}</p>
    </div>
  );
}
