/** Tokens for programs that act for the learner. A new one is shown once. */
import { useState } from "preact/hooks";
import { useMutation } from "@urql/preact";
import { newId } from "../api/new-id";
import type { AccountRole, TokenScope } from "../api/schema.generated";
import { errorAt, errorsElsewhere } from "../api/user-errors";
import { showDay, showList, showMoment } from "../format/format";
import { copyText } from "../ui/clipboard";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ErrorNote, Note } from "../ui/note";
import { CreateAccessTokenDocument, RevokeAccessTokenDocument, type AccountQuery } from "./account.generated";
import styles from "./account.module.css";

type Token = NonNullable<NonNullable<AccountQuery["viewer"]>["accessTokens"]>[number];

const SCOPES: Record<TokenScope, string> = { READ: "read", WRITE: "write", CURATE: "edit the catalogue" };
const MOST_DAYS = 366;

export function Tokens({ tokens, role }: { tokens: Token[]; role: AccountRole }) {
  const [{ error, fetching }, revoke] = useMutation(RevokeAccessTokenDocument);
  return (
    <section class={styles["part"]}>
      <h2>Tokens for programs</h2>
      <p class="soft">A program that has one acts for you, as far as the token allows: scripts, calendars of your own, other clients.</p>
      {error && <ErrorNote error={error} />}
      {tokens.length > 0 && (
        <ul role="list" class={styles["rows"]}>
          {tokens.map(({ id, name, scopes, expiresAt, lastUsedAt }) => (
            <li key={id}>
              <span>
                <strong>{name}</strong> may {showList(scopes.map((scope) => SCOPES[scope]))} until {showDay(expiresAt.slice(0, 10))}
                <span class="soft"> · {lastUsedAt ? `used ${showMoment(lastUsedAt)}` : "not used yet"}</span>
              </span>
              <Button small look="danger" disabled={fetching} aria-label={`Revoke ${name}`} onClick={() => revoke({ input: { id, clientMutationId: newId() } })}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NewToken role={role} />
    </section>
  );
}

function NewToken({ role }: { role: AccountRole }) {
  const [{ data, error, fetching }, create] = useMutation(CreateAccessTokenDocument);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<TokenScope[]>(["READ"]);
  const [days, setDays] = useState(90);
  const wrong = data?.createAccessToken?.userErrors ?? [];
  const token = data?.createAccessToken?.token;
  const offered = (Object.keys(SCOPES) as TokenScope[]).filter((scope) => scope !== "CURATE" || role !== "LEARNER");
  const copy = async () => {
    if (!token) return;
    await copyText(token);
  };
  return (
    <form
      class={styles["form"]}
      aria-label="A new token"
      onSubmit={(event) => {
        event.preventDefault();
        void create({ input: { name, scopes, expiresInDays: days, clientMutationId: newId() } });
      }}
    >
      {token && (
        <Note
          tone="good"
          live
          title="This is the token. It is shown this once."
          actions={
            <Button small onClick={copy}>
              Copy
            </Button>
          }
        >
          <code class={styles["token"]}>{token}</code>
        </Note>
      )}
      {error && <ErrorNote error={error} />}
      {errorsElsewhere(wrong, ["name", "expiresInDays", "scopes"]).map((message) => (
        <Note key={message} tone="bad" live>
          {message}
        </Note>
      ))}
      <Field label="What you will know it by" error={errorAt(wrong, "name")}>
        {(tied) => <input {...tied} type="text" required value={name} onInput={(event) => setName(event.currentTarget.value)} />}
      </Field>
      <fieldset>
        <legend>It may</legend>
        <div class={styles["scopes"]}>
          {offered.map((scope) => (
            <label key={scope}>
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={(event) => setScopes(event.currentTarget.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))}
              />
              {SCOPES[scope]}
            </label>
          ))}
        </div>
        {errorAt(wrong, "scopes")}
      </fieldset>
      <Field label="For how many days" error={errorAt(wrong, "expiresInDays")}>
        {(tied) => <input {...tied} type="number" min="1" max={MOST_DAYS} value={days} onInput={(event) => setDays(event.currentTarget.valueAsNumber || 1)} />}
      </Field>
      <Button type="submit" disabled={fetching || scopes.length === 0}>
        Make a token
      </Button>
    </form>
  );
}
