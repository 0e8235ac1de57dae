/** Why there is no roadmap, in terms of what was asked, and what to take back so that there is one. */
import type { CombinedError } from "@urql/core";
import { errorsOf, type ApiError } from "../api/errors";
import type { Question } from "../question/question";
import type { Asked } from "../question/use-question";
import { Button } from "../ui/button";
import { ErrorNote, Note } from "../ui/note";
import { fixOf } from "./fix";
import styles from "./no-roadmap.module.css";

interface NoRoadmapProps {
  error: CombinedError;
  asked: Asked;
  /** Whether the last answer is still shown below. */
  isOld: boolean;
}

export function NoRoadmap({ error, asked, isOld }: NoRoadmapProps) {
  const errors = errorsOf(error);
  const explained = errors.filter(({ code }) => code === "NO_ROADMAP" || code === "BAD_USER_INPUT");
  if (explained.length === 0) return <ErrorNote error={error} />;
  return (
    <Note tone="warn" live title={explained.some(({ code }) => code === "NO_ROADMAP") ? "No way leads there with these wishes" : "Something in the question is not right"}>
      {explained.map((one) => (
        <Explained key={one.message} error={one} asked={asked} />
      ))}
      {isOld && <p class="soft small">Below is the last roadmap that there was.</p>}
    </Note>
  );
}

function Explained({ error, asked }: { error: ApiError; asked: Asked }) {
  const chain = (error.extensions["chain"] as string[] | null | undefined) ?? [];
  const fixes = fixesOf(error, asked.question);
  return (
    <div class={styles["explained"]}>
      <p>{error.message}</p>
      {chain.length > 1 && (
        <ol class={styles["chain"]} aria-label="The steps that lead to it">
          {chain.map((step) => (
            <li key={step}>{step.replace("@", " ").toLowerCase()}</li>
          ))}
        </ol>
      )}
      {fixes.length > 0 && (
        <div class={styles["fixes"]}>
          {fixes.map(({ label, change }) => (
            <Button key={label} small onClick={() => asked.ask(change)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function fixesOf(error: ApiError, question: Question) {
  const conflict = (error.extensions["conflict"] as { argument: string }[] | null | undefined) ?? [];
  const places = error.argument ? [error.argument] : conflict.map(({ argument }) => argument);
  return places.flatMap((argument) => fixOf(argument, error.didYouMean, question) ?? []);
}
