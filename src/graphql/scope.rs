//! What a request sees: one snapshot of the catalogue, whatever is imported meanwhile.

use std::sync::Arc;

use chrono::NaiveDate;
use waymark_planner::{Catalog, Effort};

use crate::catalog::Snapshot;

/// Given to the engine as the request's data, and passed on by every object.
#[derive(Clone)]
pub struct Scope {
    snapshot: Arc<Snapshot>,
    today: NaiveDate,
    effort: Effort,
}

impl Scope {
    /// A scope of the current snapshot and the present day (UTC).
    pub fn new(snapshot: Arc<Snapshot>, today: NaiveDate, effort: Effort) -> Self {
        Self { snapshot, today, effort }
    }

    /// The snapshot with its index and revision.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The catalogue of the snapshot.
    pub fn catalog(&self) -> &Catalog {
        &self.snapshot.catalog
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
