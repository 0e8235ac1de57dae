//! The root of all queries: thin, each field a look-up or one call.

use async_graphql::{Context, ID, Object, Result};
use uuid::Uuid;
use waymark_entity::link;

use super::access::Right;
use super::connection::{Connection, Page};
use super::error::{ApiError, Code, report};
use super::ids::Key;
use super::inputs::{PlacementInput, ResourceFilter, ResourceOrder, RoadmapInput, TopicFilter, TopicOrder};
use super::plain::Plain;
use super::planning;
use super::scope::Scope;
use super::types::{
    Area, CatalogDifference, CatalogInfo, CatalogRevision, Node, Placement, Resource, Roadmap,
    RoadmapComparison, Role, SavedRoadmap, SearchResult, SharedRoadmap, Topic, Viewer,
};
use crate::accounts::is_secret;
use crate::catalog::print;
use crate::catalog::search::Found;
use crate::graphql::price::{COMPARED, DIFFERENCE, PLACEMENT, ROADMAP, SEARCH, TEXT, cost};
use crate::service::blocking;

/// Everything that can be read.
pub struct Query;

/// Everything that can be read: the catalogue, and the roadmaps computed from it.
#[Object]
impl Query {
    /// The object of a global id; null where the id names nothing.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id. At most 40,000 characters.")] id: ID,
    ) -> Option<Result<Plain<Node>>> {
        let found: Result<Option<Node>> = async { Ok(Node::find(ctx.data::<Scope>()?, &id).await?) }.await;
        found.transpose().map(|found| found.map(Plain))
    }

    /// The objects of several global ids, in their order, with null where an id names nothing.
    #[graphql(directive = cost::apply(ROADMAP, Some("ids".to_owned())))]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids. At most 100 entries. At most 40,000 characters each.")] ids: Vec<ID>,
    ) -> Result<Plain<Vec<Option<Node>>>> {
        let scope = ctx.data::<Scope>()?;
        let found = ids.iter().map(|id| Node::find(scope, id));
        Ok(Plain(futures_util::future::try_join_all(found).await?))
    }

    /// The catalogue as a whole: its revision and how much is in it.
    async fn catalog(&self, ctx: &Context<'_>) -> Result<Plain<CatalogInfo>> {
        Ok(Plain(CatalogInfo::new(ctx.data::<Scope>()?)))
    }

    /// All areas, by slug.
    async fn areas(&self, ctx: &Context<'_>) -> Result<Plain<Vec<Area>>> {
        let scope = ctx.data::<Scope>()?;
        Ok(Plain(scope.catalog().areas().ids().map(|id| Area::new(scope, id)).collect()))
    }

    /// The area of a slug; null where there is none.
    async fn area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area's slug. At most 100 characters.")] slug: String,
    ) -> Result<Plain<Option<Area>>> {
        let scope = ctx.data::<Scope>()?;
        Ok(Plain(scope.catalog().area(&slug).map(|id| Area::new(scope, id))))
    }

    /// The topics that match a filter.
    #[allow(clippy::too_many_arguments)] // the connection's own
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which topics; all if not given.")] filter: Option<TopicFilter>,
        #[graphql(desc = "In which order; by slug if not given.")] order_by: Option<TopicOrder>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Plain<Connection<Topic>>> {
        let scope = ctx.data::<Scope>()?;
        let find = |text: &str| {
            let found = scope.snapshot().index.search(text).into_iter();
            found.filter_map(|hit| if let Found::Topic(id) = hit.found { Some(id) } else { None }).collect()
        };
        let topics = filter.unwrap_or_default().apply(scope.catalog(), order_by.unwrap_or_default(), find)?;
        let page = Page { first, after, last, before };
        Ok(Plain(page.of(&topics, |id| Topic::key(scope, id), |id| Topic::new(scope, id))?))
    }

    /// The topic of a slug; null where there is none.
    async fn topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The topic's slug. At most 100 characters.")] slug: String,
    ) -> Result<Plain<Option<Topic>>> {
        let scope = ctx.data::<Scope>()?;
        Ok(Plain(scope.catalog().topic(&slug).map(|id| Topic::new(scope, id))))
    }

    /// The resources that match a filter.
    #[allow(clippy::too_many_arguments)] // the connection's own
    async fn resources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which resources; all if not given.")] filter: Option<ResourceFilter>,
        #[graphql(desc = "In which order; by slug if not given.")] order_by: Option<ResourceOrder>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Plain<Connection<Resource>>> {
        let scope = ctx.data::<Scope>()?;
        let find = |text: &str| {
            let found = scope.snapshot().index.search(text).into_iter();
            found
                .filter_map(|hit| if let Found::Resource(id) = hit.found { Some(id) } else { None })
                .collect()
        };
        let resources =
            filter.unwrap_or_default().apply(scope.catalog(), order_by.unwrap_or_default(), find)?;
        let page = Page { first, after, last, before };
        Ok(Plain(page.of(&resources, |id| Resource::key(scope, id), |id| Resource::new(scope, id))?))
    }

    /// The resource of a slug; null where there is none.
    async fn resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The resource's slug. At most 100 characters.")] slug: String,
    ) -> Result<Plain<Option<Resource>>> {
        let scope = ctx.data::<Scope>()?;
        Ok(Plain(scope.catalog().resource(&slug).map(|id| Resource::new(scope, id))))
    }

    /// All roles in ladder order: each after the role below it.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Plain<Vec<Role>>> {
        let scope = ctx.data::<Scope>()?;
        Ok(Plain(scope.catalog().roles().ids().map(|id| Role::new(scope, id)).collect()))
    }

    /// The role of a slug; null where there is none.
    async fn role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role's slug. At most 100 characters.")] slug: String,
    ) -> Result<Plain<Option<Role>>> {
        let scope = ctx.data::<Scope>()?;
        Ok(Plain(scope.catalog().role(&slug).map(|id| Role::new(scope, id))))
    }

    /// Topics, resources and roles that match a text, best match first. The last word may be unfinished.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What to look for: words of titles, summaries, outcomes, authors. At most 200 characters. May have several lines."
        )]
        text: String,
        #[graphql(desc = "How many, 1 to 100; 20 if not given.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
    ) -> Result<Plain<Connection<SearchResult>>> {
        let scope = ctx.data::<Scope>()?;
        let found: Vec<Found> =
            scope.snapshot().index.search(&text).into_iter().map(|hit| hit.found).collect();
        let page = Page { first, after, last: None, before: None };
        Ok(Plain(page.of(
            &found,
            |found| SearchResult::key(scope, found),
            |found| SearchResult::new(scope, found),
        )?))
    }

    /// The personal way from what the learner knows to the target: the steps with the least hours, in the order that brings value
    /// early, dated, with resources. Needs no account.
    #[graphql(directive = cost::apply(ROADMAP, None))]
    async fn roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where the learner is, where to, and on which terms.")] input: RoadmapInput,
        #[graphql(
            desc = "Whether what the learner who asks has recorded to know is known, beside the `skills` of the input.",
            default
        )]
        as_viewer: bool,
    ) -> Option<Result<Plain<Roadmap>>> {
        Some(match ctx.data::<Scope>() {
            Ok(scope) => planning::roadmap(scope, &input, "input", as_viewer)
                .await
                .map(Plain)
                .map_err(|errors| report(ctx, errors)),
            Err(error) => Err(error),
        })
    }

    /// Two to five roadmaps side by side, ordered so that what they share comes first: the decision between them can wait that long.
    #[graphql(directive = cost::apply(COMPARED, Some("inputs".to_owned())))]
    async fn compare_roadmaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The roadmaps to compare, at least 2. At most 5 entries.")] inputs: Vec<
            RoadmapInput,
        >,
        #[graphql(
            desc = "Whether what the learner who asks has recorded to know is known, beside the `skills` of the input.",
            default
        )]
        as_viewer: bool,
    ) -> Result<RoadmapComparison> {
        let scope = ctx.data::<Scope>()?;
        planning::comparison(scope, inputs, as_viewer).await.map_err(|mut errors| {
            // The error of a field that can't be null leaves before those beside it: let it be the first.
            errors.rotate_left(1);
            report(ctx, errors)
        })
    }

    /// A few questions that find out what the learner knows: ask the one of `next`, send its answer with those before, until there is none.
    /// Needs no account.
    #[graphql(directive = cost::apply(PLACEMENT, None))]
    async fn placement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where the learner is, where to, and the answers so far.")] input: PlacementInput,
    ) -> Result<Placement> {
        let scope = ctx.data::<Scope>()?;
        planning::placement(scope, &input, "input").await.map_err(|mut errors| {
            // The error of a field that can't be null leaves before those beside it: let it be the first.
            errors.rotate_left(1);
            report(ctx, errors)
        })
    }

    /// Who asks, with what is theirs; null where nobody has said who asks.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Result<Viewer>> {
        let scope = match ctx.data::<Scope>() {
            Ok(scope) => scope,
            Err(error) => return Some(Err(error)),
        };
        scope.asker().who.as_ref()?;
        Some(scope.with(Right::Read).map(|_| Viewer::new(scope)).map_err(Into::into))
    }

    /// All that is kept of the learner who asks, as JSON: the account, sessions and tokens, skills, ratings, roadmaps with all their versions,
    /// progress, the log and links. Nothing that opens anything is in it. Its shape is in `docs/privacy.md`. At most once in a request, and of at
    /// most 1,000,000 bytes: beyond that it is `QUERY_TOO_COSTLY`. `GET /export/my-data`, with the same cookie or token, has the same text of any
    /// size as a download.
    #[graphql(directive = cost::apply(SEARCH, None))]
    async fn export_my_data(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.data::<Scope>()?.export_text().await?)
    }

    /// A roadmap that the learner who asks keeps; null where there is none of the id.
    async fn saved_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id. At most 200 characters.")] id: ID,
    ) -> Option<Result<SavedRoadmap>> {
        let found: Result<Option<SavedRoadmap>> = async {
            let scope = ctx.data::<Scope>()?;
            let who = scope.with(Right::Read)?;
            let Some(Key::Roadmap(key)) = Key::decode(&id) else { return Ok(None) };
            Ok(SavedRoadmap::find(scope, (who.id, key)).await?)
        }
        .await;
        found.transpose()
    }

    /// A roadmap that its learner shows to those who have the secret; null where there is none, or not any more. Needs no account.
    async fn shared_roadmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(secret, desc = "The secret that `shareRoadmap` gave its learner. At most 100 characters.")]
        secret: String,
    ) -> Option<Result<SharedRoadmap>> {
        let found: Result<Option<SharedRoadmap>> = async {
            let scope = ctx.data::<Scope>()?;
            Ok(shared(scope, &secret).await?.map(|roadmap| SharedRoadmap::new(scope, roadmap)))
        }
        .await;
        found.transpose()
    }

    /// The revisions of the catalogue, newest first. For curators.
    async fn catalog_revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Connection<CatalogRevision>> {
        let scope = ctx.data::<Scope>()?;
        scope.with(Right::Curate)?;
        Ok(revisions(scope, Page { first, after, last, before }).await?)
    }

    /// What is different between two revisions of the catalogue, whichever is the newer one. For curators.
    #[graphql(directive = cost::apply(DIFFERENCE, None))]
    async fn catalog_diff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of the earlier revision.")] from: i32,
        #[graphql(desc = "The number of the later revision.")] to: i32,
    ) -> Result<Vec<CatalogDifference>> {
        let scope = ctx.data::<Scope>()?;
        scope.with(Right::Curate)?;
        let differences = scope.curation()?.differences(from, to).await.map_err(ApiError::from)?;
        let differences = differences.map_err(|number| {
            let argument = if number == from { "from" } else { "to" };
            ApiError::argument(argument, CatalogRevision::unknown(number))
        })?;
        Ok(differences.iter().cloned().map(CatalogDifference::from).collect())
    }

    /// The catalogue of a revision as the text that `importCatalog` takes: a single file of YAML. For curators. Where the revision was not kept, or there
    /// is none of the number, that is `NOT_FOUND`.
    #[graphql(directive = cost::apply(TEXT, None))]
    async fn catalog_text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of the revision; that of `catalog` if not given.")] revision: Option<
            i32,
        >,
    ) -> Result<String> {
        let scope = ctx.data::<Scope>()?;
        scope.with(Right::Curate)?;
        let at_hand = scope.snapshot();
        if revision.is_none_or(|revision| revision == at_hand.revision) {
            let at_hand = at_hand.clone();
            return Ok(blocking(move || print(&at_hand.catalog)).await.map_err(ApiError::from)?);
        }
        let number = revision.unwrap_or_default();
        let text = scope.curation()?.text(number).await.map_err(ApiError::from)?;
        let not_found = || {
            let error = ApiError::new(Code::NotFound, CatalogRevision::unknown(number));
            error.with("argument", "revision".into())
        };
        Ok(text.ok_or_else(not_found)?)
    }
}

/// A page of the revisions of the catalogue. They are numbered from 1 on, without gaps.
async fn revisions(scope: &Scope, page: Page) -> Result<Connection<CatalogRevision>, ApiError> {
    let store = &scope.learners()?.store;
    let newest = store.current_revision().await?.map_or(0, |newest| newest.number);
    let numbers: Vec<i32> = (1..=newest).rev().collect();
    let cut = page.cut(&numbers, |number| number.to_string())?;
    let (Some(&first), Some(&last)) = (cut.items.last(), cut.items.first()) else {
        return Ok(cut.filled(Vec::new()));
    };
    let revisions = store.revisions(first, last).await?;
    let authors: Vec<Uuid> = revisions.iter().filter_map(|revision| revision.author).collect();
    let names = store.names(&authors).await?;
    let nodes = revisions.into_iter().map(|revision| CatalogRevision::new(scope, revision, &names));
    Ok(cut.filled(nodes.collect()))
}

/// The roadmap that a secret shows.
pub(super) async fn shared(scope: &Scope, secret: &str) -> Result<Option<SavedRoadmap>, ApiError> {
    if !is_secret(secret) {
        return Ok(None);
    }
    let Some(link) = scope.learners()?.store.link_of_secret(secret, link::SHARE).await? else {
        return Ok(None);
    };
    SavedRoadmap::find(scope, (link.learner_id, link.roadmap_id)).await
}
