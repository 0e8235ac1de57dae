//! The calendar of one week: what is learned in it, and for how long.

use crate::calendar::Calendar;
use crate::catalog::Catalog;
use crate::roadmap::Roadmap;
use crate::units::{Day, Hours};

/// The days of a week.
const DAYS: i64 = 7;

/// A step of a roadmap in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekStep {
    /// The position of the step.
    pub position: usize,
    /// The hours that go into it in that week.
    pub hours: Hours,
    /// Whether it ends in that week.
    pub finishes: bool,
}

impl Roadmap {
    /// What to do in the seven days from a day on, in order: the steps that are worked on then. Nothing in a pause, before the start and after the end.
    pub fn week(&self, catalog: &Catalog, first: Day) -> Vec<WeekStep> {
        let calendar = Calendar::new(&self.request.pace);
        let (from, to) = (calendar.done_by(first.plus(-1)), calendar.done_by(first.plus(DAYS - 1)));
        let mut before = 0;
        let mut week = Vec::new();
        for (position, planned) in self.steps.iter().enumerate() {
            let begins = before;
            before += 7 * u128::from(catalog.steps()[planned.step].hours.millionths());
            if begins >= to {
                break;
            }
            let within = before.min(to).saturating_sub(begins.max(from));
            if within > 0 {
                let hours = Hours::from_millionths(u64::try_from(within / 7).unwrap_or(u64::MAX));
                week.push(WeekStep { position, hours, finishes: before <= to });
            }
        }
        week
    }
}

#[cfg(test)]
mod tests;
