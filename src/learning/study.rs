//! Sums of a study log.

use std::collections::HashMap;

use chrono::NaiveDate;
use waymark_planner::units::Hours;

use super::Name;

/// Sums of the log of one roadmap: progress and forecasts are computed from them, however long the log is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudySums {
    /// The hours of all entries.
    pub total: Hours,
    /// The first day with an entry.
    pub first_on: Option<NaiveDate>,
    by_step: HashMap<Name, Hours>,
}

impl StudySums {
    /// Adds the hours of some entries: of a step, or of none that can be named, from some day on.
    pub fn add(&mut self, step: Option<Name>, hours: Hours, first_on: NaiveDate) {
        self.total += hours;
        self.first_on = Some(self.first_on.map_or(first_on, |first| first.min(first_on)));
        if let Some(step) = step {
            *self.by_step.entry(step).or_default() += hours;
        }
    }

    /// The hours that were spent on a step.
    pub fn on(&self, step: &Name) -> Hours {
        self.by_step.get(step).copied().unwrap_or_default()
    }
}
