/** All that one follows: what is next, and each roadmap with how far it is. */
import { useQuery, useSubscription } from "@urql/preact";
import { Plus } from "lucide";
import { SignedOut } from "../account/account-page";
import { showCount, showDay, showHours } from "../format/format";
import { Page } from "../shell/page";
import { useViewer } from "../shell/viewer";
import { ViewerChangedDocument } from "../shell/viewer.generated";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { NextOfAll } from "./next-of-all";
import { Meter } from "./progress";
import { MyRoadmapsDocument, type MyRoadmapsQuery } from "./saved.generated";
import styles from "./follow.module.css";

type Mine = NonNullable<MyRoadmapsQuery["viewer"]>["roadmaps"]["nodes"][number];

const TITLE = "My roadmaps";

export default function MyPage() {
  const viewer = useViewer();
  const [{ data, error }, again] = useQuery({ query: MyRoadmapsDocument, requestPolicy: "cache-and-network" });
  useSubscription({ query: ViewerChangedDocument, pause: !viewer }, (_, told) => {
    again({ requestPolicy: "network-only" });
    return told;
  });
  if (viewer === null) return <SignedOut title={TITLE} />;
  const all = data?.viewer?.roadmaps.nodes;
  const active = all?.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const archived = all?.filter(({ archivedAt }) => archivedAt !== null) ?? [];
  return (
    <Page
      title={TITLE}
      actions={
        <ButtonLink look="main" href="/plan">
          <Icon of={Plus} /> Plan another
        </ButtonLink>
      }
    >
      {error && !all && <ErrorNote error={error} />}
      {!all && !error && <Skeleton lines={6} label="Loading your roadmaps" />}
      {all?.length === 0 && (
        <Empty
          title="No roadmap yet."
          actions={
            <ButtonLink look="main" href="/plan">
              Plan one
            </ButtonLink>
          }
        >
          <p>Plan one, and keep it: then you can tick off steps, log hours, and see when you will arrive.</p>
        </Empty>
      )}
      {active.length > 0 && <NextOfAll roadmaps={active} />}
      {active.length > 0 && (
        <section class={styles["page"]} aria-labelledby="followed">
          <h2 id="followed">Followed</h2>
          <Cards roadmaps={active} />
        </section>
      )}
      {archived.length > 0 && (
        <details class={styles["fold"]}>
          <summary>{showCount(archived.length, "roadmap")} put aside</summary>
          <Cards roadmaps={archived} />
        </details>
      )}
    </Page>
  );
}

function Cards({ roadmaps }: { roadmaps: Mine[] }) {
  return (
    <ul role="list" class={styles["cards"]}>
      {roadmaps.map((roadmap) => (
        <li key={roadmap.id} class={styles["card"]}>
          <Card roadmap={roadmap} />
        </li>
      ))}
    </ul>
  );
}

function Card({ roadmap: { id, title, input, progress, forecast, isOutdated } }: { roadmap: Mine }) {
  const arrival = forecast.observed?.p50 ?? forecast.planned;
  return (
    <>
      <h3>
        <a href={`/my/${encodeURIComponent(id)}`}>{title}</a>
      </h3>
      <p class="soft small">
        {[input.from?.title, input.to?.title ?? "your goals"].filter(Boolean).join(" → ")}
        {isOutdated && (
          <>
            {" "}
            <span class={styles["badge"]}>the catalogue has moved on</span>
          </>
        )}
      </p>
      <Meter label={`${progress.stepsDone} of ${progress.stepsTotal} steps`} percent={progress.percentByHours} />
      <p class="small">
        {progress.hoursLeft === 0 ? "You have arrived." : `${showHours(progress.hoursLeft)} left. ${forecast.observed ? "At your own pace" : "At the planned pace"} you arrive on ${showDay(arrival)}.`}
      </p>
    </>
  );
}
