/** What teaches a step: a table, best first, whose rows fold on a phone. */
import { showMoney, showTime } from "../format/format";
import { kindName } from "../question/resource-wishes";
import type { TaughtFragment } from "./catalog.generated";
import { Quality } from "../ui/quality";
import styles from "./table.module.css";

export function TaughtBy({ coverage }: { coverage: readonly TaughtFragment[] }) {
  if (coverage.length === 0) return <p class="soft">Nothing in the catalogue teaches it yet.</p>;
  return (
    <table class={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">Resource</th>
          <th scope="col">Kind</th>
          <th scope="col">Time</th>
          <th scope="col">Price</th>
          <th scope="col">Quality</th>
        </tr>
      </thead>
      <tbody>
        {coverage.map(({ resource, hours, section }) => (
          <tr key={`${resource.slug} ${section}`}>
            <th scope="row">
              <a href={`/resources/${resource.slug}`}>{resource.title}</a>
              {section && <span class={styles["section"]}>{section}</span>}
            </th>
            <td>{kindName(resource.kind)}</td>
            <td class="figures">{showTime(hours)}</td>
            <td class="figures">{showMoney(resource.price)}</td>
            <td>
              <Quality value={resource.quality} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
