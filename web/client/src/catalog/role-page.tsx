/** A role: what somebody in it does, what it asks for by how much that matters, and the way there. */
import { useRoute } from "preact-iso/router";
import { useQuery } from "@urql/preact";
import { Route } from "lucide";
import { showCount, showList } from "../format/format";
import { addressOf } from "../question/use-question";
import { USUAL } from "../question/question";
import { Page } from "../shell/page";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { CatalogNav } from "./catalog-nav";
import { RoleDetailsDocument, type RoleDetailsQuery } from "./catalog.generated";
import { CuratorActions } from "./curator-actions";
import { Found } from "./found";
import { RequirementList } from "./step-links";
import styles from "./details.module.css";

type Role = NonNullable<RoleDetailsQuery["role"]>;

const WEIGHTS = [
  { weight: 3, title: "Matters most" },
  { weight: 2, title: "Matters much" },
  { weight: 1, title: "Belongs to it" },
];

export default function RolePage() {
  const { slug = "" } = useRoute().params;
  const [{ data, error }] = useQuery({ query: RoleDetailsDocument, variables: { slug } });
  return (
    <Found thing={data?.role} error={error} one="role" all="/roles">
      {(role) => (
        <Page key={role.slug} title={role.title} lead={role.summary} actions={<CuratorActions part="roles" slug={role.slug} />}>
          <CatalogNav />
          <p class={styles["lead"]}>
            <ButtonLink look="main" href={addressOf({ ...USUAL, ...(role.after && { from: role.after.slug }), to: role.slug })}>
              <Icon of={Route} /> Plan a way there
            </ButtonLink>
            {role.after && <span class="soft small">from the role below, {role.after.title}; that can be changed there.</span>}
          </p>
          <Facts role={role} />
          <Requirements role={role} />
        </Page>
      )}
    </Found>
  );
}

function Facts({ role }: { role: Role }) {
  return (
    <dl class={styles["facts"]}>
      <div>
        <dt>Comes after</dt>
        <dd>{role.after ? <a href={`/roles/${role.after.slug}`}>{role.after.title}</a> : "Nothing: the ladder begins with it"}</dd>
      </div>
      {role.next.length > 0 && (
        <div>
          <dt>Leads to</dt>
          <dd>
            {role.next.map(({ slug, title }, index) => (
              <span key={slug}>
                {index > 0 && ", "}
                <a href={`/roles/${slug}`}>{title}</a>
              </span>
            ))}
          </dd>
        </div>
      )}
      {role.aliases.length > 0 && (
        <div>
          <dt>Also found as</dt>
          <dd>{showList(role.aliases)}</dd>
        </div>
      )}
    </dl>
  );
}

function Requirements({ role }: { role: Role }) {
  return (
    <section class={styles["level"]} aria-labelledby="asks">
      <div>
        <h2 id="asks">What it asks for</h2>
        <p class="soft">
          {showCount(role.requires.length, "requirement")} of its own{role.after && ", beside all of the roles below it"}.
        </p>
      </div>
      {WEIGHTS.map(({ weight, title }) => {
        const some = role.requires.filter((one) => one.weight === weight);
        if (some.length === 0) return null;
        return (
          <section key={weight} class={styles["group"]} aria-labelledby={`weight-${weight}`}>
            <h3 id={`weight-${weight}`}>
              {title} <span class="soft small">(weight {weight}: {some.length})</span>
            </h3>
            <RequirementList requirements={some} />
          </section>
        );
      })}
    </section>
  );
}
