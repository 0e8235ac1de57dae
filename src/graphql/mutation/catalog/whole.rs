//! Changes of the catalogue as a whole: several edits at once, another one in its place, and back to what it was.

use async_graphql::{Context, InputObject, Object, OneofObject, Result};
use waymark_planner::Catalog;

use super::super::once::once;
use super::area::{CreateAreaInput, UpdateAreaInput};
use super::made::{Editing, Made, changed, invalid, made_before, made_of};
use super::naming::{
    RenameAreaInput, RenameResourceInput, RenameRoleInput, RenameTopicInput, RetireAreaInput,
    RetireResourceInput, RetireRoleInput, RetireTopicInput,
};
use super::paths::Paths;
use super::requirement::{AddRequirementInput, RemoveRequirementInput, UpdateRequirementInput};
use super::resource::{CreateResourceInput, UpdateResourceInput};
use super::role::{CreateRoleInput, UpdateRoleInput};
use super::step::{CreateStepInput, RetireStepInput, UpdateStepInput};
use super::terms::Terms;
use super::topic::{CreateTopicInput, UpdateTopicInput};
use crate::catalog::edit::keeping_names;
use crate::catalog::{self, Diagnostics};
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::price::{CURATION, cost};
use crate::graphql::scalars::Upload;
use crate::graphql::scope::Scope;
use crate::graphql::types::{CatalogDifference, CatalogInfo, CatalogRevision};
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, apart, payload};
use crate::service::blocking;

/// The most mistakes of a text that are told at once.
const MOST_MISTAKES: usize = 100;
/// What the revisions of imports come from.
const IMPORT: &str = "import";
/// What the revisions that are those of before come from.
const REVERT: &str = "revert";

/// The edits by their names in the API.
macro_rules! edits {
    ($($(#[$meta:meta])* $variant:ident($input:ident) $name:literal)*) => {
        /// One of several edits. How they are made is said once for all of them, beside them.
        #[derive(OneofObject)]
        pub(crate) enum CatalogEditInput {
            $($(#[$meta])* $variant($input),)*
        }

        impl CatalogEditInput {
            /// The edit, and its field.
            fn parts(&self) -> (&dyn Editing, &'static str) {
                match self {
                    $(Self::$variant(input) => (input, $name),)*
                }
            }
        }
    };
}

edits! {
    /// As `createArea` does.
    CreateArea(CreateAreaInput) "createArea"
    /// As `updateArea` does.
    UpdateArea(UpdateAreaInput) "updateArea"
    /// As `renameArea` does.
    RenameArea(RenameAreaInput) "renameArea"
    /// As `retireArea` does.
    RetireArea(RetireAreaInput) "retireArea"
    /// As `createTopic` does.
    CreateTopic(CreateTopicInput) "createTopic"
    /// As `updateTopic` does.
    UpdateTopic(UpdateTopicInput) "updateTopic"
    /// As `renameTopic` does.
    RenameTopic(RenameTopicInput) "renameTopic"
    /// As `retireTopic` does.
    RetireTopic(RetireTopicInput) "retireTopic"
    /// As `createStep` does.
    CreateStep(CreateStepInput) "createStep"
    /// As `updateStep` does.
    UpdateStep(UpdateStepInput) "updateStep"
    /// As `retireStep` does.
    RetireStep(RetireStepInput) "retireStep"
    /// As `createRole` does.
    CreateRole(CreateRoleInput) "createRole"
    /// As `updateRole` does.
    UpdateRole(UpdateRoleInput) "updateRole"
    /// As `renameRole` does.
    RenameRole(RenameRoleInput) "renameRole"
    /// As `retireRole` does.
    RetireRole(RetireRoleInput) "retireRole"
    /// As `createResource` does.
    CreateResource(CreateResourceInput) "createResource"
    /// As `updateResource` does.
    UpdateResource(UpdateResourceInput) "updateResource"
    /// As `renameResource` does.
    RenameResource(RenameResourceInput) "renameResource"
    /// As `retireResource` does.
    RetireResource(RetireResourceInput) "retireResource"
    /// As `addRequirement` does.
    AddRequirement(AddRequirementInput) "addRequirement"
    /// As `updateRequirement` does.
    UpdateRequirement(UpdateRequirementInput) "updateRequirement"
    /// As `removeRequirement` does.
    RemoveRequirement(RemoveRequirementInput) "removeRequirement"
}

/// Several edits that belong together.
#[derive(InputObject)]
pub(crate) struct EditCatalogInput {
    /// The edits, in the order in which they are made. Only what comes of all of them has to be sound.
    #[doc = stated!(edits)]
    edits: Vec<CatalogEditInput>,
    #[graphql(flatten)]
    terms: Terms,
}

/// A catalogue that is to take the place of the one that is there.
#[derive(InputObject)]
pub(crate) struct ImportCatalogInput {
    /// The text of a single file with the four lists, YAML or JSON. Either this or `upload`.
    #[doc = stated!(catalog)]
    text: Option<String>,
    /// Such a file, uploaded: it may be larger than a text.
    #[doc = stated!(file)]
    upload: Option<Upload>,
    #[graphql(flatten)]
    terms: Terms,
}

/// An earlier revision that is to be the catalogue again.
#[derive(InputObject)]
pub(crate) struct RevertCatalogInput {
    /// Its number.
    revision: i32,
    #[graphql(flatten)]
    terms: Terms,
}

/// The payloads, which are all alike.
macro_rules! wholes {
    ($($(#[$meta:meta])* $name:ident)*) => {$(
        payload! {
            $(#[$meta])*
            $name {
                /// The catalogue after the change, with `dryRun` as it would be; as it is where nothing was to be done.
                catalog: CatalogInfo,
                /// What is different for it.
                diff: Vec<CatalogDifference>,
            }
            maybe {
                /// The revision that the change is in; null where nothing was to be done.
                revision: CatalogRevision,
            }
        }

        impl From<Made> for $name {
            fn from(made: Made) -> Self {
                Self::of(made.catalog(), made.diff(), made.revision())
            }
        }
    )*};
}

wholes! {
    /// What came of the edits.
    EditCatalogPayload
    /// What came of the import.
    ImportCatalogPayload
    /// What came of going back.
    RevertCatalogPayload
}

#[derive(Default)]
pub(crate) struct CatalogEdits;

#[Object]
impl CatalogEdits {
    /// Makes several edits as one revision: all of them or none.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn edit_catalog(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] input: EditCatalogInput,
    ) -> Option<Result<EditCatalogPayload>> {
        let came = apart(ctx, async { once(ctx, &input, edit, made_before).await.map(Into::into) });
        EditCatalogPayload::from(ctx, came.await)
    }

    /// Puts a whole catalogue in the place of the one that is there. With `dryRun` it tells what would be different.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn import_catalog(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The catalogue.")] input: ImportCatalogInput,
    ) -> Option<Result<ImportCatalogPayload>> {
        let came = apart(ctx, async { once(ctx, &input, import, made_before).await.map(Into::into) });
        ImportCatalogPayload::from(ctx, came.await)
    }

    /// Makes what was in an earlier revision the catalogue again, as a new revision.
    #[graphql(directive = cost::apply(CURATION, None))]
    async fn revert_catalog(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which revision.")] input: RevertCatalogInput,
    ) -> Option<Result<RevertCatalogPayload>> {
        let came = apart(ctx, async { once(ctx, &input, revert, made_before).await.map(Into::into) });
        RevertCatalogPayload::from(ctx, came.await)
    }
}

async fn edit(scope: &Scope, input: &EditCatalogInput) -> Result<Made, Failed> {
    scope.with(Right::Curate)?;
    if input.edits.is_empty() {
        let message = "There is no edit: give at least one.";
        return Err(UserError::new("input.edits", UserErrorCode::OutOfRange, message).into());
    }
    let mut paths = Paths::default();
    let mut edits = Vec::with_capacity(input.edits.len());
    for (i, edit) in input.edits.iter().enumerate() {
        let (input, name) = edit.parts();
        let path = format!("input.edits[{i}].{name}");
        paths.errors.extend(input.terms().among_others(&path));
        let edit = input.edit(&mut paths, &path);
        edits.push(paths.at(edit, &path));
    }
    made_of(scope, &input.terms, paths, edits).await
}

async fn import(scope: &Scope, input: &ImportCatalogInput) -> Result<Made, Failed> {
    scope.with(Right::Curate)?;
    let (text, path) = given(input)?;
    let read = blocking(move || catalog::parse(name(&text), text.as_bytes())).await?;
    let catalog = read.map_err(|diagnostics| Failed::User(mistakes(&diagnostics, path)))?;
    if is_empty(&catalog) {
        let message = "The four lists are empty: a catalogue has at least something in it.";
        return Err(UserError::new(path, UserErrorCode::Required, message).into());
    }
    instead(scope, &input.terms, IMPORT, catalog).await
}

/// Whether there is nothing in it: that nobody means, and learners would lose sight of all that they have.
fn is_empty(catalog: &Catalog) -> bool {
    let counts =
        [catalog.areas().len(), catalog.topics().len(), catalog.roles().len(), catalog.resources().len()];
    counts.iter().all(|count| *count == 0)
}

/// The text that is given, in one way or the other, and its path.
fn given(input: &ImportCatalogInput) -> Result<(String, &'static str), UserError> {
    match (&input.text, &input.upload) {
        (Some(text), None) => Ok((text.clone(), "input.text")),
        (None, Some(Upload(text))) => Ok((text.clone(), "input.upload")),
        (None, None) => {
            let message = "Give the catalogue, as text or as an upload.";
            Err(UserError::new("input.text", UserErrorCode::Required, message))
        }
        (Some(_), Some(_)) => Err(invalid("input.upload", "Give a text or an upload, not both.")),
    }
}

async fn revert(scope: &Scope, input: &RevertCatalogInput) -> Result<Made, Failed> {
    scope.with(Right::Curate)?;
    let Some(catalog) = scope.curation()?.past(input.revision).await? else {
        let message = CatalogRevision::unknown(input.revision);
        return Err(UserError::new("input.revision", UserErrorCode::Unknown, message).into());
    };
    instead(scope, &input.terms, REVERT, Catalog::clone(&catalog)).await
}

/// Puts a catalogue in the place of whichever is there. What goes back to a former slug keeps the one that learners may have recorded since.
async fn instead(
    scope: &Scope,
    terms: &Terms,
    source: &'static str,
    catalog: Catalog,
) -> Result<Made, Failed> {
    let change =
        move |before: &Catalog| Ok::<_, std::convert::Infallible>(keeping_names(before, catalog.clone()));
    changed(scope, terms, source, change, |never| match never {}).await
}

/// What a text is called where it is read: the ending tells JSON from YAML.
fn name(text: &str) -> &'static str {
    if text.trim_start().starts_with('{') { "catalog.json" } else { "catalog.yaml" }
}

/// What is wrong with a text, each with its line.
fn mistakes(diagnostics: &Diagnostics, path: &str) -> Vec<UserError> {
    let all = diagnostics.iter();
    let mut told: Vec<_> = all
        .take(MOST_MISTAKES)
        .map(|diagnostic| {
            let place = diagnostic.line.map_or("The file".to_owned(), |line| format!("Line {line}"));
            let end = if diagnostic.message.ends_with(['.', '?']) { "" } else { "." };
            invalid(path, format!("{place}: {}{end}", diagnostic.message))
        })
        .collect();
    let more = diagnostics.iter().count().saturating_sub(MOST_MISTAKES);
    if more > 0 {
        told.push(invalid(path, format!("And {more} more.")));
    }
    told
}
