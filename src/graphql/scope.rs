//! What a request sees: one snapshot of the catalogue, whatever is imported meanwhile.

use std::sync::Arc;

use chrono::NaiveDate;
use waymark_planner::ids::{Arena, StepId};
use waymark_planner::measures::Measures;
use waymark_planner::{Catalog, Effort};

use super::error::ApiError;
use crate::catalog::Snapshot;
use crate::service::{Plans, blocking};

/// Given to the engine as the request's data, and passed on by every object.
#[derive(Clone)]
pub struct Scope {
    snapshot: Arc<Snapshot>,
    plans: Plans,
    today: NaiveDate,
    effort: Effort,
}

impl Scope {
    /// A scope of the current snapshot, of what is planned on it, and the present day (UTC).
    pub fn new(snapshot: Arc<Snapshot>, plans: Plans, today: NaiveDate, effort: Effort) -> Self {
        Self { snapshot, plans, today, effort }
    }

    /// The snapshot with its index and revision.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The catalogue of the snapshot.
    pub fn catalog(&self) -> &Catalog {
        &self.snapshot.catalog
    }

    /// Something about the measures of the catalogue's steps, without waiting on the threads that serve requests where they are still to
    /// be computed.
    pub(crate) async fn of_measures<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Arena<StepId, Measures>) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let snapshot = self.snapshot.clone();
        Ok(blocking(move || ask(snapshot.measures())).await?)
    }

    /// What has been planned, and what is to be.
    pub(crate) fn plans(&self) -> &Plans {
        &self.plans
    }

    /// The day on which the request came.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// What the planner may do for one search.
    pub fn effort(&self) -> Effort {
        self.effort
    }
}
