//! Sums of a study log.

use std::collections::HashMap;

use waymark_planner::units::Hours;

use super::Name;

/// Sums of the log of one roadmap: progress and forecasts are computed from them, however long the log is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudySums {
    /// The hours of all entries.
    pub total: Hours,
    by_step: HashMap<Name, Hours>,
}

impl StudySums {
    /// Adds the hours of some entries: of a step, or of none that can be named.
    pub fn add(&mut self, step: Option<Name>, hours: Hours) {
        self.total += hours;
        if let Some(step) = step {
            *self.by_step.entry(step).or_default() += hours;
        }
    }

    /// The hours that were spent on a step.
    pub fn on(&self, step: &Name) -> Hours {
        self.by_step.get(step).copied().unwrap_or_default()
    }
}
