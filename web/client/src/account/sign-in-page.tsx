/** Signing in, and getting an account: one form with a switch, since people mistake the one for the other. */
import { useState } from "preact/hooks";
import { useClient } from "@urql/preact";
import type { CombinedError } from "@urql/core";
import { useLocation } from "preact-iso/router";
import { errorAt, errorsElsewhere } from "../api/user-errors";
import { Page } from "../shell/page";
import { beginAnew } from "../shell/viewer";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ErrorNote, Note } from "../ui/note";
import { Segments } from "../ui/segments";
import { SignInDocument, SignUpDocument, type SignInMutation } from "./account.generated";
import { Password } from "./password";
import { placeAfter } from "./then";
import styles from "./account.module.css";

type Way = "in" | "up";
type UserErrors = NonNullable<SignInMutation["signIn"]>["userErrors"];

const LEAST_CHARACTERS = 10;

export default function SignInPage() {
  const { query } = useLocation();
  const client = useClient();
  const [way, setWay] = useState<Way>("in");
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CombinedError>();
  const [wrong, setWrong] = useState<UserErrors>([]);

  /** Whether it went well; else what is wrong is said. */
  const settle = (errors: UserErrors | undefined, failure: CombinedError | undefined) => {
    setError(failure);
    setWrong(errors ?? []);
    return !failure && errors?.length === 0;
  };
  const signUp = async () => {
    const { data, error: failure } = await client.mutation(SignUpDocument, { input: { email, password, name: name.trim() || null } }).toPromise();
    return settle(data?.signUp?.userErrors, failure);
  };
  const signIn = async () => {
    const { data, error: failure } = await client.mutation(SignInDocument, { input: { email, password } }).toPromise();
    return settle(data?.signIn?.userErrors, failure);
  };
  const submit = async () => {
    setBusy(true);
    const isDone = (way === "in" || (await signUp())) && (await signIn());
    if (isDone) beginAnew(placeAfter(query["then"], location.origin));
    else setBusy(false);
  };
  const elsewhere = errorsElsewhere(wrong, ["email", "password", "name"]);
  return (
    <Page title={way === "in" ? "Sign in" : "Get an account"} lead="With an account a roadmap is kept and followed. Planning needs none.">
      <form
        class={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Segments
          label="What you want"
          options={[
            { value: "in", label: "I have an account" },
            { value: "up", label: "I am new here" },
          ]}
          value={way}
          onChange={(next) => {
            setWay(next);
            setWrong([]);
            setError(undefined);
          }}
        />
        {error && <ErrorNote error={error} />}
        {elsewhere.length > 0 && (
          <Note tone="bad" live title="That did not work">
            {elsewhere.map((message) => (
              <p key={message}>{message}</p>
            ))}
          </Note>
        )}
        <Field label="Email address" error={errorAt(wrong, "email")}>
          {(tied) => <input {...tied} type="email" required autocomplete="username" value={email} onInput={(event) => setEmail(event.currentTarget.value)} />}
        </Field>
        {way === "up" && (
          <Field label="What you want to be called" hint="If you like." error={errorAt(wrong, "name")}>
            {(tied) => <input {...tied} type="text" autocomplete="name" value={name} onInput={(event) => setName(event.currentTarget.value)} />}
          </Field>
        )}
        <Password
          label="Password"
          hint={way === "up" ? `At least ${LEAST_CHARACTERS} characters of any kind. A few words are easy to keep in mind.` : undefined}
          error={errorAt(wrong, "password")}
          value={password}
          onChange={setPassword}
          isNew={way === "up"}
        />
        <Button type="submit" look="main" disabled={busy}>
          {busy ? "One moment…" : way === "in" ? "Sign in" : "Get an account"}
        </Button>
      </form>
    </Page>
  );
}
