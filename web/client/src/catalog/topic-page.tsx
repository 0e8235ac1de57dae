/** A topic: what it is, and each of its levels with what it needs, what it leads to and what teaches it. */
import { useRoute } from "preact-iso/router";
import { useQuery } from "@urql/preact";
import { showCount, showHours, showList } from "../format/format";
import { Page } from "../shell/page";
import { CatalogNav } from "./catalog-nav";
import { TopicDetailsDocument } from "./catalog.generated";
import { CuratorActions } from "./curator-actions";
import { Found } from "./found";
import { LevelSection } from "./level-section";
import styles from "./details.module.css";

export default function TopicPage() {
  const { slug = "" } = useRoute().params;
  const [{ data, error }] = useQuery({ query: TopicDetailsDocument, variables: { slug } });
  return (
    <Found thing={data?.topic} error={error} one="topic" all="/topics">
      {(topic) => (
        <Page key={topic.slug} title={topic.title} lead={topic.summary} actions={<CuratorActions part="topics" slug={topic.slug} />}>
          <CatalogNav />
          <dl class={styles["facts"]}>
            <div>
              <dt>Area</dt>
              <dd>
                <a href={`/topics?area=${topic.area.slug}`}>{topic.area.title}</a>
              </dd>
            </div>
            <div>
              <dt>All levels together</dt>
              <dd class="figures">
                {showHours(topic.steps.reduce((sum, { hours }) => sum + hours, 0))} in {showCount(topic.steps.length, "level")}
              </dd>
            </div>
            {topic.names.length > 0 && (
              <div>
                <dt>Also called</dt>
                <dd>{showList(topic.names)}</dd>
              </div>
            )}
            {topic.links.length > 0 && (
              <div>
                <dt>The same elsewhere</dt>
                <dd>
                  {topic.links.map((link) => (
                    <a key={link} href={link} rel="noreferrer">
                      {link.replace(/^https?:\/\//, "")}{" "}
                    </a>
                  ))}
                </dd>
              </div>
            )}
            {topic.aliases.length > 0 && (
              <div>
                <dt>Also found as</dt>
                <dd>{showList(topic.aliases)}</dd>
              </div>
            )}
            {topic.elective && (
              <div class={styles["wide"]}>
                <dt>Nothing asks for it, but</dt>
                <dd>{topic.elective}</dd>
              </div>
            )}
          </dl>
          {topic.steps.map((step) => (
            <LevelSection key={step.level} topic={topic.slug} title={topic.title} step={step} />
          ))}
        </Page>
      )}
    </Found>
  );
}
