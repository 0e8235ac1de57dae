//! `Resource` and `Coverage`.

use async_graphql::{ID, Result, SimpleObject};
use waymark_planner::catalog;
use waymark_planner::ids::{CoverageId, ResourceId};

use super::{ResourceKind, ResourceRating, Step, Topic};
use crate::graphql::ids::NodeId;
use crate::graphql::loaders::{StarsBy, StarsOf};
use crate::graphql::plain::{plain_fields, plain_object};
use crate::graphql::scalars::{Date, Url};
use crate::graphql::scope::Scope;

/// A resource, in the scope of a request.
#[derive(Clone)]
pub struct Resource {
    scope: Scope,
    id: ResourceId,
}

impl Resource {
    pub(crate) fn new(scope: &Scope, id: ResourceId) -> Self {
        Self { scope: scope.clone(), id }
    }

    /// Its key in connections.
    pub(crate) fn key(scope: &Scope, id: ResourceId) -> String {
        scope.catalog().resources()[id].slug.to_string()
    }

    fn get(&self) -> &catalog::Resource {
        &self.scope.catalog().resources()[self.id]
    }
}

plain_object! {
/// Something to learn from: a book, a course, a standard, a project.
impl Resource {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) fn id(&self) -> ID {
        NodeId::Resource(self.id).encode(self.scope.catalog())
    }

    /// The name in addresses and arguments.
    fn slug(&self) -> &str {
        &self.get().slug
    }

    /// Slugs that it had before, or of resources that it has taken the place of, in alphabetical order: each of them still finds it.
    fn aliases(&self) -> Vec<&str> {
        self.get().aliases.iter().map(|alias| &**alias).collect()
    }

    /// The title as published.
    fn title(&self) -> &str {
        &self.get().title
    }

    /// What it is.
    fn kind(&self) -> ResourceKind {
        self.get().kind.into()
    }

    /// Where it is found.
    fn url(&self) -> Url {
        Url(self.get().url.to_string())
    }

    /// The international standard book number, 13 digits.
    fn isbn(&self) -> Option<&str> {
        self.get().identifiers.isbn.as_deref()
    }

    /// The digital object identifier of a paper, such as `10.1145/359545.359563`.
    fn doi(&self) -> Option<&str> {
        self.get().identifiers.doi.as_deref()
    }

    /// The number on arXiv, such as `1811.09676`.
    fn arxiv(&self) -> Option<&str> {
        self.get().identifiers.arxiv.as_deref()
    }

    /// The number of a standard with its series, such as `RFC 9110`.
    fn standard(&self) -> Option<&str> {
        self.get().identifiers.standard.as_deref()
    }

    /// When and where its address was confirmed.
    fn attested(&self) -> Option<Attestation> {
        self.get().attested.as_ref().map(|attested| Attestation {
            on: attested.on.into(),
            by: attested.by.iter().map(ToString::to_string).collect(),
        })
    }

    /// Who made it, in the order given there.
    fn authors(&self) -> Vec<&str> {
        self.get().authors.iter().map(|author| &**author).collect()
    }

    /// Who publishes or offers it.
    fn provider(&self) -> Option<&str> {
        self.get().provider.as_deref()
    }

    /// The year of the edition.
    fn year(&self) -> Option<i32> {
        self.get().year
    }

    /// Its language, as BCP 47 writes it.
    fn language(&self) -> &str {
        &self.get().language
    }

    /// What it costs, in US dollars; 0 is free.
    fn price(&self) -> f64 {
        self.get().price.as_dollars()
    }

    /// The curators' judgement, from 1 to 5.
    fn quality(&self) -> i32 {
        self.get().quality.into()
    }

    /// The topics, one of which a learner knows or is going to learn, by slug; empty where it is for everybody.
    fn r#for(&self) -> Vec<Topic> {
        self.get().made_for.iter().map(|&topic| Topic::new(&self.scope, topic)).collect()
    }

    /// The steps that it teaches, by topic and level.
    fn covers(&self) -> Vec<Coverage> {
        self.scope.catalog().covers(self.id).map(|id| Coverage::new(&self.scope, id)).collect()
    }
}
waits {
    /// The stars that the learner who asks has given it, from 1 to 5; null where none, or nobody has said who asks.
    async fn viewer_rating(&self) -> Option<Result<i32>> {
        let found: Result<Option<i32>> = async {
            let Some(who) = self.scope.reader() else { return Ok(None) };
            Ok(self.scope.loaders()?.load(StarsBy(who.id, Self::key(&self.scope, self.id))).await?)
        }
        .await;
        found.transpose()
    }

    /// What all learners think of it.
    async fn rating(&self) -> Result<ResourceRating> {
        let stars = self.scope.loaders()?.load(StarsOf(Self::key(&self.scope, self.id))).await?;
        let (sum, count) = stars.unwrap_or_default();
        Ok(ResourceRating::new(sum, count))
    }
}
}

/// The confirmation of an address.
#[derive(SimpleObject)]
pub struct Attestation {
    /// The day.
    on: Date,
    /// Where the address was found: `page`, the page itself; `documents`, independent public documents; or their names.
    by: Vec<String>,
}

plain_fields!(Attestation { on: Date, by: Vec<String> });

/// A coverage, in the scope of a request.
#[derive(Clone)]
pub struct Coverage {
    scope: Scope,
    id: CoverageId,
}

impl Coverage {
    pub(crate) fn new(scope: &Scope, id: CoverageId) -> Self {
        Self { scope: scope.clone(), id }
    }

    fn get(&self) -> &catalog::Coverage {
        &self.scope.catalog().coverages()[self.id]
    }
}

plain_object! {
/// A resource that teaches a step.
impl Coverage {
    /// The resource.
    fn resource(&self) -> Resource {
        Resource::new(&self.scope, self.get().resource)
    }

    /// The step.
    fn step(&self) -> Step {
        Step::new(&self.scope, self.get().step)
    }

    /// How long this takes to read, watch or do, in hours.
    fn hours(&self) -> f64 {
        self.get().hours.as_f64()
    }

    /// How far it alone brings a learner to the step's outcome, from 1, a pointer, to 5, all that it needs.
    fn fit(&self) -> i32 {
        self.get().fit.into()
    }

    /// The part of the resource that teaches it, such as a chapter.
    fn section(&self) -> Option<&str> {
        self.get().section.as_deref()
    }
}
}
