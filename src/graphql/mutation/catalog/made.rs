//! A change of the catalogue, from its input to what is shown of it.

use std::collections::{BTreeSet, HashMap};

use async_graphql::{Context, Name, Value};
use uuid::Uuid;
use waymark_planner::Catalog;
use waymark_planner::draft::At;

use super::super::once::once;
use super::paths::Paths;
use super::terms::Terms;
use crate::catalog::diff::Difference;
use crate::catalog::edit::{self, Edit, Mistake};
use crate::graphql::access::Right;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::inputs::StepInput;
use crate::graphql::scope::Scope;
use crate::graphql::types::{
    Area, CatalogDifference, CatalogInfo, CatalogRevision, Resource, Role, Step, Topic,
};
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode};
use crate::learning;
use crate::service::Lost;
use crate::service::curation::{Curated, Curation, NotCurated};
use crate::store::Outcome;

/// What the revisions of edits come from. What the program brings does not take their place.
pub(super) const EDIT: &str = "edit";
/// The most revisions that a conflict tells of.
const MOST_REVISIONS: i32 = 10;
/// The most differences that a conflict tells of each.
const MOST_DIFFERENCES: usize = 50;

/// An input that is an edit.
pub(super) trait Editing: Send + Sync {
    /// How it is to be made.
    fn terms(&self) -> &Terms;

    /// The edit. What is wrong with its texts is noted.
    fn edit(&self, paths: &mut Paths, path: &str) -> Edit;
}

/// What came of a change, in a scope that sees it.
pub(super) struct Made {
    scope: Scope,
    differences: Vec<Difference>,
    revision: Option<CatalogRevision>,
}

/// Makes one edit, once.
pub(super) async fn made<I: Editing>(ctx: &Context<'_>, input: &I) -> Result<Made, Failed> {
    once(ctx, input, make::<I>, made_before::<I>).await
}

/// What came of a change before.
pub(super) async fn made_before<I>(scope: &Scope, _: &I, outcome: Outcome) -> Result<Made, Failed> {
    scope.with(Right::Curate)?;
    let made = scope.curation()?.made_before(outcome.revision.ok_or(Lost::Fault)?).await?;
    Made::new(scope, made).await
}

async fn make<I: Editing>(scope: &Scope, input: &I) -> Result<Made, Failed> {
    scope.with(Right::Curate)?;
    let mut paths = Paths::default();
    let edit = input.edit(&mut paths, "input");
    let edit = paths.at(edit, "input");
    made_of(scope, input.terms(), paths, vec![edit]).await
}

/// Makes several edits as one revision.
pub(super) async fn made_of(
    scope: &Scope,
    terms: &Terms,
    paths: Paths,
    edits: Vec<At<Edit>>,
) -> Result<Made, Failed> {
    if !paths.errors.is_empty() {
        return Err(Failed::User(paths.errors));
    }
    let change = move |catalog: &Catalog| edit::edited(catalog, &edits);
    let wrong = |mistakes: Vec<Mistake>| mistakes.iter().map(|mistake| paths.user_error(mistake)).collect();
    changed(scope, terms, EDIT, change, wrong).await
}

/// Makes a change as one revision.
pub(super) async fn changed<E: Send + 'static>(
    scope: &Scope,
    terms: &Terms,
    source: &'static str,
    change: impl Fn(&Catalog) -> Result<Catalog, E> + Clone + Send + 'static,
    wrong: impl FnOnce(E) -> Vec<UserError>,
) -> Result<Made, Failed> {
    let who = scope.with(Right::Curate)?;
    let terms = terms.of(who, source);
    let curation = scope.curation()?;
    match curation.curate(&terms, change).await {
        Ok(curated) => Made::new(scope, curated).await,
        Err(NotCurated::Wrong(error)) => Err(Failed::User(wrong(error))),
        Err(NotCurated::Conflict(newest)) => {
            let seen = terms.expected.unwrap_or(newest);
            Err(conflict(scope, &curation, seen, newest).await?.into())
        }
        Err(NotCurated::Busy) => Err(ApiError::conflict("catalogue").into()),
        Err(NotCurated::Lost(lost)) => Err(lost.into()),
    }
}

/// What others have changed since a revision.
async fn conflict(scope: &Scope, curation: &Curation, seen: i32, newest: i32) -> Result<ApiError, ApiError> {
    let first = newest.saturating_sub(MOST_REVISIONS).max(seen).saturating_add(1);
    let store = &scope.learners()?.store;
    let revisions = store.revisions(first, newest).await?;
    let authors: Vec<Uuid> = revisions.iter().filter_map(|revision| revision.author).collect();
    let names = store.names(&authors).await?;
    let mut changes = Vec::new();
    for revision in revisions.iter().rev() {
        let differences =
            curation.differences(revision.number - 1, revision.number).await?.unwrap_or_default();
        let author = revision.author.and_then(|author| names.get(&author)).map(String::as_str);
        changes.push(object([
            ("revision", revision.number.into()),
            ("author", author.map(str::to_owned).into()),
            ("message", revision.message.clone().into()),
            ("importedAt", revision.imported_at.to_rfc3339().into()),
            ("entries", Value::List(differences.iter().take(MOST_DIFFERENCES).map(entry).collect())),
        ]));
    }
    let by = by(&revisions.iter().filter_map(|revision| names.get(&revision.author?)).collect::<Vec<_>>());
    let message = format!(
        "The catalogue is at revision {newest} by now, not at {seen}{by}: look at what has changed, and try again."
    );
    let error = ApiError::new(Code::Conflict, message);
    Ok(error.with("currentRevision", newest.into()).with("changes", Value::List(changes)))
}

/// Who has changed it, each once.
fn by(names: &[&String]) -> String {
    let each: BTreeSet<&str> = names.iter().map(|name| name.as_str()).collect();
    if each.is_empty() {
        return String::new();
    }
    format!(", changed by {}", each.into_iter().collect::<Vec<_>>().join(", "))
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (Name::new(name), value)).collect())
}

/// A difference, beside an error.
fn entry(difference: &Difference) -> Value {
    let Difference { what, change, slug, level, title, .. } = difference;
    object([
        ("kind", what.name().into()),
        ("change", change.name().into()),
        ("slug", slug.clone().into()),
        ("level", level.map(|level| level.name().to_owned()).into()),
        ("title", title.clone().into()),
    ])
}

impl Made {
    async fn new(scope: &Scope, curated: Curated) -> Result<Self, Failed> {
        let Curated { snapshot, differences, revision } = curated;
        let scope = scope.waiting().scope_on(snapshot);
        let names = match revision.as_ref().and_then(|revision| revision.author) {
            Some(author) => scope.learners()?.store.names(&[author]).await?,
            None => HashMap::new(),
        };
        let revision = revision.map(|revision| CatalogRevision::new(&scope, revision, &names));
        Ok(Self { scope, differences, revision })
    }

    pub(super) fn catalog(&self) -> CatalogInfo {
        CatalogInfo::new(&self.scope)
    }

    pub(super) fn diff(&self) -> Vec<CatalogDifference> {
        self.differences.iter().cloned().map(CatalogDifference::from).collect()
    }

    pub(super) fn revision(&self) -> Option<CatalogRevision> {
        self.revision.clone()
    }

    /// What goes by the first of some names, as they were given, that is there.
    pub(super) fn area(&self, slugs: &[&str]) -> Option<Area> {
        slugs
            .iter()
            .find_map(|slug| self.scope.catalog().area(slug.trim()))
            .map(|id| Area::new(&self.scope, id))
    }

    pub(super) fn topic(&self, slugs: &[&str]) -> Option<Topic> {
        slugs
            .iter()
            .find_map(|slug| self.scope.catalog().topic(slug.trim()))
            .map(|id| Topic::new(&self.scope, id))
    }

    pub(super) fn role(&self, slugs: &[&str]) -> Option<Role> {
        slugs
            .iter()
            .find_map(|slug| self.scope.catalog().role(slug.trim()))
            .map(|id| Role::new(&self.scope, id))
    }

    pub(super) fn resource(&self, slugs: &[&str]) -> Option<Resource> {
        let found = slugs.iter().find_map(|slug| self.scope.catalog().resource(slug.trim()));
        found.map(|id| Resource::new(&self.scope, id))
    }

    pub(super) fn step(&self, step: &StepInput) -> Option<Step> {
        let topic = step.topic.trim().to_owned();
        let found = learning::Name { topic, ..learning::Name::from(step) }.step(self.scope.catalog());
        found.map(|id| Step::new(&self.scope, id))
    }
}

/// The error of a value that is of no use.
pub(super) fn invalid(path: &str, message: impl Into<String>) -> UserError {
    UserError::new(path, UserErrorCode::Invalid, message)
}
