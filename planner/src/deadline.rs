//! The learner's last day: whether all fits, what it would take, and the closed subset with the largest value that fits.

use crate::calendar::Calendar;
use crate::knapsack::{self, Items};
use crate::request::{Effort, MOST_HOURS_PER_WEEK, Pace};
use crate::roadmap::{PlannedStep, Schedule};
use crate::scaled::Scaled;
use crate::units::Hours;

/// The search for what is kept may take one part in so many of the effort: it comes on top of the search for the least hours, and what it still finds
/// beyond is a thousandth.
const SHARE: u64 = 4;

/// Which steps are kept where there is room for some of them: by position, a closed set with the largest value.
///
/// `ways` gives for each step the earlier ones any one of which meets each of its requirements.
pub(crate) fn kept(
    hours: &[u64],
    weights: &[u32],
    ways: &[Vec<Vec<usize>>],
    room: Hours,
    effort: Effort,
) -> Vec<bool> {
    let Scaled { length, value, unit } = Scaled::new(hours, weights);
    let items = Items { hours: length, value, needs: ways.to_vec() };
    knapsack::most_valuable(&items, room.millionths() / unit, effort.0 / SHARE)
}

/// When a roadmap of so many hours ends, and what of it fits.
pub(crate) fn schedule(pace: &Pace, calendar: &Calendar, work: Hours, steps: &[PlannedStep]) -> Schedule {
    let starts_on = calendar.begins(Hours::ZERO);
    let kept = || steps.iter().filter(|planned| !planned.deferred);
    Schedule {
        starts_on,
        finishes_on: if work == Hours::ZERO { starts_on } else { calendar.ends(work) },
        fits: pace.finish_by.is_none_or(|last| work <= calendar.room(last)),
        needed_hours_per_week: pace
            .finish_by
            .and_then(|last| calendar.needed_per_week(work, last))
            .filter(|needed| *needed <= MOST_HOURS_PER_WEEK),
        kept_value: kept().map(|planned| planned.value).sum(),
    }
}
