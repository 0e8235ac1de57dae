//! `Resource` and `Coverage`.

use async_graphql::{ID, Object, SimpleObject};
use waymark_planner::catalog;
use waymark_planner::ids::{CoverageId, ResourceId};

use super::{ResourceKind, Step};
use crate::graphql::ids::NodeId;
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

/// Something to learn from: a book, a course, a standard, a project.
#[Object]
impl Resource {
    /// The opaque global id, for `node` and `nodes`.
    pub(crate) async fn id(&self) -> ID {
        NodeId::Resource(self.id).encode(self.scope.catalog())
    }

    /// The name in addresses and arguments.
    async fn slug(&self) -> &str {
        &self.get().slug
    }

    /// The title as published.
    async fn title(&self) -> &str {
        &self.get().title
    }

    /// What it is.
    async fn kind(&self) -> ResourceKind {
        self.get().kind.into()
    }

    /// Where it is found.
    async fn url(&self) -> Url {
        Url(self.get().url.to_string())
    }

    /// The international standard book number, 13 digits.
    async fn isbn(&self) -> Option<&str> {
        self.get().identifiers.isbn.as_deref()
    }

    /// The digital object identifier of a paper, such as `10.1145/359545.359563`.
    async fn doi(&self) -> Option<&str> {
        self.get().identifiers.doi.as_deref()
    }

    /// The number on arXiv, such as `1811.09676`.
    async fn arxiv(&self) -> Option<&str> {
        self.get().identifiers.arxiv.as_deref()
    }

    /// The number of a standard with its series, such as `RFC 9110`.
    async fn standard(&self) -> Option<&str> {
        self.get().identifiers.standard.as_deref()
    }

    /// When and where its address was confirmed.
    async fn attested(&self) -> Option<Attestation> {
        self.get().attested.as_ref().map(|attested| Attestation {
            on: attested.on.into(),
            by: attested.by.iter().map(ToString::to_string).collect(),
        })
    }

    /// Who made it, in the order given there.
    async fn authors(&self) -> Vec<&str> {
        self.get().authors.iter().map(|author| &**author).collect()
    }

    /// Who publishes or offers it.
    async fn provider(&self) -> Option<&str> {
        self.get().provider.as_deref()
    }

    /// The year of the edition.
    async fn year(&self) -> Option<i32> {
        self.get().year
    }

    /// Its language, as BCP 47 writes it.
    async fn language(&self) -> &str {
        &self.get().language
    }

    /// What it costs, in US dollars; 0 is free.
    async fn price(&self) -> f64 {
        self.get().price.as_dollars()
    }

    /// The curators' judgement, from 1 to 5.
    async fn quality(&self) -> i32 {
        self.get().quality.into()
    }

    /// The steps that it teaches, by topic and level.
    async fn covers(&self) -> Vec<Coverage> {
        self.scope.catalog().covers(self.id).map(|id| Coverage::new(&self.scope, id)).collect()
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

/// A resource that teaches a step.
#[Object]
impl Coverage {
    /// The resource.
    async fn resource(&self) -> Resource {
        Resource::new(&self.scope, self.get().resource)
    }

    /// The step.
    async fn step(&self) -> Step {
        Step::new(&self.scope, self.get().step)
    }

    /// The learning time of the step by this resource, in hours.
    async fn hours(&self) -> f64 {
        self.get().hours.as_f64()
    }

    /// The part of the resource that teaches it, such as a chapter.
    async fn section(&self) -> Option<&str> {
        self.get().section.as_deref()
    }
}
