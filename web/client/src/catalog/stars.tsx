/** The stars that the learner gives a resource; for nobody who is not signed in, who is told how to give some. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { Star } from "lucide";
import { newId } from "../api/new-id";
import { useViewer } from "../shell/viewer";
import { say } from "../shell/toasts";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { ErrorNote } from "../ui/note";
import { GiveStarsDocument } from "./catalog.generated";
import styles from "./stars.module.css";

const MEANINGS = ["A waste of time", "Not good", "All right", "Good", "Could not be better"];

export function Stars({ resource }: { resource: { slug: string; title: string; viewerRating: number | null } }) {
  const viewer = useViewer();
  /** What was just given, until the server has it. */
  const [pending, setPending] = useState<number | null>();
  const [{ data, error }, mutate] = useMutation(GiveStarsDocument);
  if (viewer === undefined) return null;
  if (viewer === null) {
    return (
      <p class="soft">
        <a href={`/sign-in?then=${encodeURIComponent(`/resources/${resource.slug}`)}`}>Sign in</a> to rate it.
      </p>
    );
  }
  const given = pending === undefined ? resource.viewerRating : pending;
  const give = async (stars: number | null) => {
    setPending(stars);
    const answer = await mutate({ input: { resource: resource.slug, stars, clientMutationId: newId() } });
    setPending(undefined);
    if (answer.data?.rateResource?.resource) say(stars === null ? "Your rating is taken back." : "Thank you, your rating counts.");
  };
  return (
    <section aria-labelledby="stars">
      <fieldset class={styles["stars"]}>
        <legend id="stars">{given === null ? "What do you think of it?" : "What you think of it"}</legend>
        {MEANINGS.map((meaning, index) => {
          const value = index + 1;
          return (
            <label key={meaning} title={meaning} class={given !== null && value <= given ? styles["full"] : undefined}>
              <input type="radio" name="stars" checked={given === value} onChange={() => void give(value)} />
              <span class="hidden-text">
                {value} of 5: {meaning}
              </span>
              <Icon of={Star} size="1.6rem" />
            </label>
          );
        })}
        {given !== null && (
          <>
            <span class="soft small">{MEANINGS[given - 1]}</span>
            <Button look="quiet" small onClick={() => void give(null)}>
              Take back
            </Button>
          </>
        )}
      </fieldset>
      {error && <ErrorNote error={error} />}
      {data?.rateResource?.userErrors.map(({ message }) => (
        <p key={message} role="alert">
          {message}
        </p>
      ))}
    </section>
  );
}
