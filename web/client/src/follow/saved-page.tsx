/** A roadmap that is followed: how far, how long yet, what is next, and all of it in the views. */
import { useMemo } from "preact/hooks";
import { useRoute } from "preact-iso/router";
import { Settings2 } from "lucide";
import { SignedOut } from "../account/account-page";
import { showDay, showHours, showNumber } from "../format/format";
import { Deadline } from "../roadmap/deadline";
import { addressOf } from "../question/use-question";
import { Page } from "../shell/page";
import { useViewer } from "../shell/viewer";
import { ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Note, Skeleton } from "../ui/note";
import { BurnUp } from "./burn-up";
import { ExportSaved } from "./export-saved";
import { FollowedViews } from "./followed-views";
import { End, Rename } from "./manage";
import { NewVersion } from "./new-version";
import { NextSteps } from "./next-steps";
import { Progress } from "./progress";
import { Replan } from "./replan";
import { planOfSaved, questionOf, type Saved } from "./saved-plan";
import { Calendar, Share } from "./sharing";
import { StudyLog } from "./study-log";
import { today } from "./today";
import { useSaved, type Following } from "./use-saved";
import { useWeights } from "./use-weights";
import { Versions } from "./versions";
import { Weeks } from "./weeks";
import styles from "./follow.module.css";

export default function SavedPage() {
  const { params } = useRoute();
  const viewer = useViewer();
  const following = useSaved(params["id"] ?? "");
  const { saved, error } = following;
  if (viewer === null) return <SignedOut title="A kept roadmap" />;
  if (saved) return <Followed key={saved.id} following={following} saved={saved} />;
  return (
    <Page title="A kept roadmap">
      {error && <ErrorNote error={error} />}
      {saved === undefined && !error && <Skeleton lines={10} label="Loading the roadmap" />}
      {saved === null && (
        <Empty title="There is no such roadmap." actions={<ButtonLink href="/my">My roadmaps</ButtonLink>}>
          <p>It may have been deleted, or belong to another account.</p>
        </Empty>
      )}
    </Page>
  );
}

function Followed({ following, saved }: { following: Following; saved: Saved }) {
  const { steps, entries } = following;
  const { input, version, progress } = saved;
  const weights = useWeights();
  const plan = useMemo(
    () => steps && planOfSaved({ from: input.from, to: input.to, version, hoursPerWeek: input.hoursPerWeek, finishBy: input.finishBy }, steps, weights),
    [steps, saved, weights],
  );
  return (
    <Page
      wide
      title={saved.title}
      lead={lead(saved)}
      actions={
        <>
          <Rename saved={saved} />
          <Replan id={saved.id} />
          <ButtonLink href={addressOf(questionOf(input), "timeline", undefined, saved.id)}>
            <Icon of={Settings2} /> Change wishes
          </ButtonLink>
          <Share saved={saved} />
          <Calendar saved={saved} />
          {plan && <ExportSaved id={saved.id} plan={plan} isOutdated={saved.isOutdated} />}
        </>
      }
    >
      {saved.archivedAt && <Note tone="plain">This roadmap is put aside.</Note>}
      {saved.isOutdated && (
        <Note tone="warn" title="The catalogue has moved on since this was planned" actions={<Replan id={saved.id} look="main" />}>
          <p>Plan anew to see what that means for you. Until then the plan stays as it is.</p>
        </Note>
      )}
      <NewVersion saved={saved} />
      <div class={styles["top"]}>
        <div class={styles["side"]}>
          <section class={styles["card"]} aria-labelledby="progress">
            <h2 id="progress">Progress</h2>
            <Progress progress={progress} />
            <Forecast saved={saved} />
            {steps && plan && (
              <BurnUp
                start={saved.createdAt.slice(0, 10) < version.startsOn ? saved.createdAt.slice(0, 10) : version.startsOn}
                today={today()}
                steps={steps}
                hoursTotal={progress.hoursTotal}
                hoursDone={progress.hoursDone}
                planned={saved.forecast.planned}
                observed={saved.forecast.observed}
              />
            )}
          </section>
          <Weeks saved={saved} />
        </div>
        {plan && (
          <div class={styles["side"]}>
            <NextSteps saved={saved} plan={plan} />
            <StudyLog id={saved.id} plan={plan} entries={entries} changeNumber={saved.changeNumber} />
          </div>
        )}
      </div>
      {plan?.finishBy && !plan.fits && <Deadline plan={plan} finishBy={plan.finishBy} />}
      {plan && steps ? <FollowedViews id={saved.id} plan={plan} steps={steps} /> : <Skeleton lines={8} label="Loading the steps" />}
      <section class={styles["card"]} aria-labelledby="history">
        <h2 id="history">History</h2>
        <Versions id={saved.id} changeNumber={saved.changeNumber} />
        <End saved={saved} />
      </section>
    </Page>
  );
}

function lead({ input, version }: Saved): string {
  const way = [input.from && `From ${input.from.title}`, input.to ? `to ${input.to.title}` : "to your goals"].filter(Boolean).join(" ");
  return `${way}, ${showNumber(input.hoursPerWeek)} hours a week. Planned until ${showDay(version.finishesOn)}.`;
}

function Forecast({ saved: { forecast } }: { saved: Saved }) {
  const { planned, observed, weeksObserved, weeksNeeded, hoursLeft } = forecast;
  if (hoursLeft === 0) return <p>You have arrived.</p>;
  if (!observed) {
    const missing = weeksNeeded - weeksObserved;
    return (
      <p>
        At the planned pace you arrive on <strong>{showDay(planned)}</strong>. {missing > 0 && `After ${missing} more ${missing === 1 ? "week" : "weeks"} of logging there is a forecast by your own pace.`}
      </p>
    );
  }
  return (
    <p>
      At your own pace, {showHours(observed.hoursPerWeek)} a week, you arrive {observed.p50 ? <strong>around {showDay(observed.p50)}</strong> : "in more than twenty years"}
      {observed.p80 && <>, and by {showDay(observed.p80)} in four of five futures</>}. As planned it is {showDay(planned)}.
    </p>
  );
}
