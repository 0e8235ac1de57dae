/** Edits one thing of the catalogue, or makes a new one: typed into a form, looked at as differences, saved as one revision. */
import { useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Archive, ExternalLink, Tag } from "lucide";
import { showCount } from "../format/format";
import { Page } from "../shell/page";
import { Button, ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { Empty, ErrorNote, Skeleton } from "../ui/note";
import { editCatalog } from "./changes";
import { CurateNav } from "./curate-nav";
import { EditingNotes } from "./editing-notes";
import { ErrorSummary } from "./error-summary";
import type { Kind, NamedForm } from "./kind";
import { LeaveGuard } from "./leave-guard";
import { FieldErrors, placeErrors, type PlacedEdit, type PlacedError } from "./place-errors";
import { RenameDialog } from "./rename-dialog";
import { RetireDialog } from "./retire-dialog";
import { ReviewDialog } from "./review-dialog";
import { useEditing, type Editing } from "./use-editing";
import { useNewer } from "./use-newer";
import styles from "./editor.module.css";

interface EditorProps<Form extends NamedForm> {
  kind: Kind<Form>;
  /** Nothing for what is new. */
  slug: string | undefined;
}

export function Editor<Form extends NamedForm>({ kind, slug }: EditorProps<Form>) {
  const opened = useEditing(kind, slug);
  if (opened.state === "open") return <Open kind={kind} slug={slug} editing={opened.editing} />;
  return (
    <Page title={`Edit ${kind.one === "area" ? "an" : "a"} ${kind.one}`}>
      <CurateNav />
      {opened.state === "loading" && <Skeleton lines={10} />}
      {opened.state === "error" && <ErrorNote error={opened.error} />}
      {opened.state === "missing" && <Empty title={`There is no ${kind.one} of that name.`} actions={<ButtonLink href={`/curate/${kind.part}`}>See all</ButtonLink>} />}
    </Page>
  );
}

function Open<Form extends NamedForm>({ kind, slug, editing }: EditorProps<Form> & { editing: Editing<Form> }) {
  const { query, route } = useLocation();
  const { original, form, revision, isChanged } = editing;
  const [errors, setErrors] = useState<PlacedError[]>([]);
  const [edits, setEdits] = useState<PlacedEdit[]>();
  const fieldErrors = useMemo(() => new FieldErrors(errors), [errors]);
  const newer = useNewer(revision);
  const isNew = original === undefined;
  const own = `/curate/${kind.part}/${original?.slug ?? form.slug}`;
  const finish = (address: string) => {
    editing.settle();
    route(address, true);
  };

  const review = (event: Event) => {
    event.preventDefault();
    const wrong = kind.check(form);
    setErrors(wrong);
    if (wrong.length === 0) setEdits(kind.edits(original, form));
  };
  const done = async () => {
    setEdits(undefined);
    if (isNew) return finish(own);
    editing.settle();
    await editing.reload();
  };
  const dialog = isNew ? undefined : query["do"];
  const close = () => route(own, true);
  const dialogProps = { kind, slug: original?.slug ?? "", title: form.title, revision, isChanged, onClose: close, onReload: () => void editing.reload(), onDone: finish };

  return (
    <Page
      title={isNew ? `New ${kind.one}` : original.title}
      lead={isNew ? undefined : <code>{original.slug}</code>}
      actions={!isNew && <Actions kind={kind} slug={original.slug} own={own} />}
    >
      <CurateNav />
      <EditingNotes kind={kind} editing={editing} newer={newer} />
      <ErrorSummary errors={errors} />
      <form class={styles["form"]} onSubmit={review} noValidate>
        <kind.Fields form={form} change={editing.change} errors={fieldErrors} isNew={isNew} />
        <div class={styles["bar"]}>
          <p role="status" class="small soft">
            {isChanged ? `${isNew ? "Not saved yet" : "Changed, not saved yet"}: kept in this window.` : "Nothing is changed yet."}
          </p>
          <div>
            <Button disabled={!isChanged} onClick={() => (editing.discard(), setErrors([]))}>
              Discard
            </Button>
            <Button look="main" type="submit" disabled={!isChanged}>
              Review changes…
            </Button>
          </div>
        </div>
      </form>
      {isChanged && <LeaveGuard onDiscard={editing.discard} />}
      {edits && (
        <ReviewDialog
          title={isNew ? `A new ${kind.one}` : `${showCount(edits.length, "edit")} to ${original.title}`}
          verb="Save as a revision"
          change={editCatalog(edits.map(({ edit }) => edit))}
          expectedRevision={revision}
          message={editing.message}
          onMessage={editing.say}
          onErrors={(wrong) => (setErrors(placeErrors(wrong, edits)), setEdits(undefined))}
          onDone={() => void done()}
          onReload={() => (setEdits(undefined), void editing.reload())}
          onClose={() => setEdits(undefined)}
        />
      )}
      {dialog === "rename" && slug !== undefined && <RenameDialog {...dialogProps} />}
      {dialog === "retire" && slug !== undefined && <RetireDialog {...dialogProps} />}
    </Page>
  );
}

function Actions<Form extends NamedForm>({ kind, slug, own }: { kind: Kind<Form>; slug: string; own: string }) {
  const shown = kind.part === "areas" ? `/topics?area=${slug}` : `/${kind.part}/${slug}`;
  return (
    <>
      <ButtonLink href={shown}>
        <Icon of={ExternalLink} /> See it
      </ButtonLink>
      <ButtonLink href={`${own}?do=rename`}>
        <Icon of={Tag} /> Rename
      </ButtonLink>
      <ButtonLink href={`${own}?do=retire`}>
        <Icon of={Archive} /> Retire
      </ButtonLink>
    </>
  );
}
