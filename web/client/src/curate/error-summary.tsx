/** All that is wrong with a form, above it: each leads to its field. It takes the focus when it appears. */
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import { nearestField, type PlacedError } from "./place-errors";
import styles from "./error-summary.module.css";

function goTo({ path }: PlacedError) {
  const places = [...document.querySelectorAll<HTMLElement>("[data-field]")];
  const name = nearestField(
    places.map((place) => place.dataset["field"] ?? ""),
    path,
  );
  const place = places.find((one) => one.dataset["field"] === name);
  if (!place) return;
  place.scrollIntoView({ block: "center" });
  place.querySelector<HTMLElement>("input, select, textarea, button, a")?.focus({ preventScroll: true });
}

export function ErrorSummary({ errors }: { errors: readonly PlacedError[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) place.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div ref={place} tabIndex={-1} class={styles["summary"]}>
      <Note tone="bad" live title={errors.length === 1 ? "One thing has to be put right first" : `${errors.length} things have to be put right first`}>
        <ul role="list" class={styles["errors"]}>
          {errors.map((error) => (
            <li key={error.path.join(".") + error.message}>
              <span>{error.circle ? "The requirements would run in a circle:" : error.message}</span>
              {error.circle && <Circle steps={error.circle} />}
              {error.path.length > 0 && (
                <Button small look="quiet" onClick={() => goTo(error)}>
                  Go to the field
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Note>
    </div>
  );
}

/** Each needs the next, and the last one the first. */
function Circle({ steps }: { steps: readonly string[] }) {
  return (
    <ol role="list" class={styles["circle"]}>
      {[...steps, steps[0] ?? ""].map((step, index) => {
        const [slug = "", level] = step.split("@");
        return (
          <li key={`${step} ${index === steps.length}`}>
            {index > 0 && <span class="soft">needs </span>}
            <a href={level ? `/topics/${slug}` : `/roles/${slug}`} target="_blank" rel="noopener">
              {step}
            </a>
          </li>
        );
      })}
    </ol>
  );
}
