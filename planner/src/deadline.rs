//! The learner's last day: whether all fits, what it would take, and the closed subset with the largest value that fits.

use crate::calendar::Calendar;
use crate::knapsack::{self, Items};
use crate::meter::Meter;
use crate::request::{Effort, MOST_HOURS_PER_WEEK, Pace};
use crate::roadmap::{PlannedStep, Schedule};
use crate::scaled::Scaled;
use crate::units::Hours;

/// The search for what is kept may take one part in so many of the effort: it comes on top of the search for the least hours, and what it still finds
/// beyond is a thousandth.
const SHARE: u64 = 4;

/// What is kept where there is room for some steps.
pub(crate) struct Kept {
    /// For each step, by position, whether it is kept.
    pub(crate) kept: Vec<bool>,
    /// No closed set that fits is worth more; `None` if what is kept is proven to be worth the most.
    pub(crate) upper: Option<Hours>,
}

/// The closed set with the largest value that there is room for, as far as the effort goes.
///
/// `ways` gives for each step the earlier ones any one of which meets each of its requirements.
pub(crate) fn kept(
    hours: &[u64],
    weights: &[u32],
    ways: &[Vec<Vec<usize>>],
    room: Hours,
    effort: Effort,
    meter: &Meter,
) -> Kept {
    let Scaled { length, value, unit, is_exact } = Scaled::new(hours, weights);
    let items = Items { hours: length, value, needs: ways.to_vec() };
    let found = knapsack::most_valuable(&items, room.millionths() / unit, effort.0 / SHARE);
    meter.count_looks(found.looks);
    // Rounded numbers prove nothing but that no set is worth more than all steps.
    let everything = || {
        hours.iter().zip(weights).map(|(&hours, &weight)| Hours::from_millionths(hours).times(weight)).sum()
    };
    let exact = |upper: u64| Hours::from_millionths(upper.saturating_mul(unit));
    let upper = if is_exact { found.upper.map(exact) } else { Some(everything()) };
    Kept { kept: found.kept, upper }
}

/// When a roadmap of so many hours ends, and what of it fits; `upper` bounds the value of what could, if that is not proven.
pub(crate) fn schedule(
    pace: &Pace,
    calendar: &Calendar,
    work: Hours,
    steps: &[PlannedStep],
    upper: Option<Hours>,
) -> Schedule {
    let starts_on = calendar.begins(Hours::ZERO);
    let kept = steps.iter().filter(|planned| !planned.deferred);
    let kept_value: Hours = kept.map(|planned| planned.value).sum();
    Schedule {
        starts_on,
        finishes_on: if work == Hours::ZERO { starts_on } else { calendar.ends(work) },
        fits: pace.finish_by.is_none_or(|last| work <= calendar.room(last)),
        needed_hours_per_week: pace
            .finish_by
            .and_then(|last| calendar.needed_per_week(work, last))
            .filter(|needed| *needed <= MOST_HOURS_PER_WEEK),
        kept_value,
        upper_bound_value: upper.unwrap_or(kept_value).max(kept_value),
    }
}
