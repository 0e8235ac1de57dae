//! What a request sees: one snapshot of the catalogue, whatever is imported meanwhile.

use std::sync::Arc;

use chrono::NaiveDate;
use waymark_planner::ids::{Arena, StepId};
use waymark_planner::measures::Measures;
use waymark_planner::{Catalog, Effort};

use super::error::ApiError;
use crate::catalog::Snapshot;
use crate::service::{Clock, Current, Plans, blocking};

/// What there is to see, as it changes: scopes are made of it.
pub struct World {
    /// The current snapshot of the catalogue.
    pub current: Current,
    /// What has been planned.
    pub plans: Plans,
    /// What the planner may do for one search.
    pub effort: Effort,
    /// Tells the day.
    pub clock: Clock,
}

impl World {
    /// What a request sees that comes now; the id is what errors and logs name the request by.
    pub fn scope(self: &Arc<Self>, request_id: Option<Arc<str>>) -> Scope {
        self.scope_on(self.current.pin(), request_id)
    }

    /// What a request sees that comes now and is answered on a snapshot.
    pub(crate) fn scope_on(self: &Arc<Self>, snapshot: Arc<Snapshot>, request_id: Option<Arc<str>>) -> Scope {
        let today = (self.clock)().date_naive();
        Scope(Arc::new(Seen { snapshot, today, request_id, world: self.clone() }))
    }
}

/// Given to the engine as the request's data, and passed on by every object: a clone is another handle to the same.
#[derive(Clone)]
pub struct Scope(Arc<Seen>);

struct Seen {
    snapshot: Arc<Snapshot>,
    today: NaiveDate,
    request_id: Option<Arc<str>>,
    world: Arc<World>,
}

impl Scope {
    /// The snapshot with its index and revision.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.0.snapshot
    }

    /// The catalogue of the snapshot.
    pub fn catalog(&self) -> &Catalog {
        &self.0.snapshot.catalog
    }

    /// Something about the measures of the catalogue's steps, without waiting on the threads that serve requests where they are still to
    /// be computed.
    pub(crate) async fn of_measures<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Arena<StepId, Measures>) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let snapshot = self.snapshot().clone();
        Ok(blocking(move || ask(snapshot.measures())).await?)
    }

    /// What has been planned, and what is to be.
    pub(crate) fn plans(&self) -> &Plans {
        &self.0.world.plans
    }

    /// The day on which the request came (UTC).
    pub fn today(&self) -> NaiveDate {
        self.0.today
    }

    /// What the planner may do for one search.
    pub fn effort(&self) -> Effort {
        self.0.world.effort
    }

    /// What there is beyond this request: for those who wait for it to change.
    pub(crate) fn world(&self) -> &Arc<World> {
        &self.0.world
    }

    /// What errors and logs name the request by.
    pub(crate) fn request_id(&self) -> Option<&Arc<str>> {
        self.0.request_id.as_ref()
    }
}
