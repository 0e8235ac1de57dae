/** A resource: what it is, where it is found, what it teaches, and what learners think of it. */
import type { ComponentChildren } from "preact";
import { useRoute } from "preact-iso/router";
import { useQuery } from "@urql/preact";
import { ExternalLink } from "lucide";
import { showDay, showHours, showList, showMoney, showTime } from "../format/format";
import { kindName } from "../question/resource-wishes";
import { Page } from "../shell/page";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { CatalogNav } from "./catalog-nav";
import { ResourceDetailsDocument, type ResourceDetailsQuery } from "./catalog.generated";
import { CuratorActions } from "./curator-actions";
import { Found } from "./found";
import { identifiersOf } from "./identifiers";
import { languageName } from "./languages";
import { Quality, Rating } from "../ui/quality";
import { Stars } from "./stars";
import { keyOf } from "../roadmap/names";
import { StepLink } from "./step-links";
import styles from "./details.module.css";
import tables from "./table.module.css";

type Resource = NonNullable<ResourceDetailsQuery["resource"]>;

export default function ResourcePage() {
  const { slug = "" } = useRoute().params;
  const [{ data, error }] = useQuery({ query: ResourceDetailsDocument, variables: { slug } });
  return (
    <Found thing={data?.resource} error={error} one="resource" all="/resources">
      {(resource) => (
        <Page
          key={resource.slug}
          title={resource.title}
          lead={[kindName(resource.kind), resource.authors.length > 0 && `by ${showList(resource.authors)}`].filter(Boolean).join(" ")}
          actions={<CuratorActions part="resources" slug={resource.slug} />}
        >
          <CatalogNav />
          <p class={styles["lead"]}>
            <ButtonLink look="main" href={resource.url} rel="noreferrer">
              <Icon of={ExternalLink} /> Go to {new URL(resource.url).hostname.replace(/^www\./, "")}
            </ButtonLink>
            <span class={`soft small ${styles["address"]}`}>{resource.url}</span>
          </p>
          <Facts resource={resource} />
          <Stars resource={resource} />
          <Covers covers={resource.covers} />
        </Page>
      )}
    </Found>
  );
}

function Facts({ resource }: { resource: Resource }) {
  const { for: audience, price, quality, provider, year, language, attested, aliases, rating } = resource;
  return (
    <dl class={styles["facts"]}>
      <Fact name="Made for those who know or learn">
        {audience.length > 0 &&
          audience.map((topic, index) => (
            <span key={topic.slug}>
              {index > 0 && ", "}
              <a href={`/topics/${topic.slug}`}>{topic.title}</a>
            </span>
          ))}
      </Fact>
      <Fact name="Price">{showMoney(price)}</Fact>
      <Fact name="Quality, as the curators judge">
        <Quality value={quality} />
      </Fact>
      <Fact name="Learners' rating">{rating.average === null ? <span class="soft">None yet</span> : <Rating {...rating} />}</Fact>
      <Fact name="Published by">{provider}</Fact>
      <Fact name="Year">{year}</Fact>
      <Fact name="Language">{languageName(language)}</Fact>
      {identifiersOf(resource).map(({ name, value, href }) => (
        <Fact key={name} name={name}>
          {href ? (
            <a href={href} rel="noreferrer" title={href}>
              {value}
            </a>
          ) : (
            value
          )}
        </Fact>
      ))}
      <Fact name="Address confirmed">{attested && `${showDay(attested.on)}, by ${attested.by.join(", ")}`}</Fact>
      <Fact name="Also found as">{aliases.length > 0 && showList(aliases)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Covers({ covers }: { covers: Resource["covers"] }) {
  return (
    <section class={styles["level"]} aria-labelledby="covers">
      <h2 id="covers">What it teaches</h2>
      <p class="small soft">The hours of a step are study and practice; this takes its part of them. Fit is how far it alone brings you: 5 is all that the step needs, 1 a pointer.</p>
      <table class={tables["table"]}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Time it takes</th>
            <th scope="col">Hours of the step</th>
            <th scope="col">Fit</th>
          </tr>
        </thead>
        <tbody>
          {covers.map(({ step, hours, fit, section }) => (
            <tr key={`${keyOf(step)} ${section}`}>
              <th scope="row">
                <StepLink step={step} />
                {section && <span class={tables["section"]}>{section}</span>}
              </th>
              <td class="figures">{showTime(hours)}</td>
              <td class="figures soft">of {showHours(step.hours)}</td>
              <td class="figures">fit {fit} of 5</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
