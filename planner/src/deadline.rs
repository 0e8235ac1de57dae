//! The learner's last day: whether all fits, what it would take, and the closed subset of the largest weight that fits.

use crate::calendar::Calendar;
use crate::catalog::Catalog;
use crate::knapsack::{self, Items};
use crate::request::Request;
use crate::roadmap::{PlannedStep, Schedule};
use crate::units::Hours;

/// Whether the work fits, and which steps are deferred where it does not.
///
/// `needs` gives for each step, by position, the earlier ones any one of which meets each of its requirements.
pub(crate) fn schedule(
    catalog: &Catalog,
    request: &Request,
    calendar: &Calendar,
    needs: impl FnOnce() -> Vec<Vec<Vec<usize>>>,
    steps: &mut [PlannedStep],
) -> Schedule {
    let hours = |planned: &PlannedStep| catalog.steps()[planned.step].hours;
    let work: Hours = steps.iter().map(hours).sum();
    let starts_on = calendar.begins(Hours::ZERO);
    let room = request.pace.finish_by.map(|last| calendar.room(last));
    let fits = room.is_none_or(|room| work <= room);
    if let Some(room) = room.filter(|_| !fits) {
        let items = Items {
            hours: steps.iter().map(|planned| hours(planned).millionths()).collect(),
            weight: steps.iter().map(|planned| u64::from(planned.weight)).collect(),
            needs: needs(),
        };
        let kept = knapsack::heaviest(&items, room.millionths(), request.effort.0);
        for (planned, kept) in steps.iter_mut().zip(kept) {
            planned.deferred = !kept;
        }
    }
    Schedule {
        starts_on,
        finishes_on: if work == Hours::ZERO { starts_on } else { calendar.ends(work) },
        fits,
        needed_hours_per_week: request.pace.finish_by.and_then(|last| calendar.needed_per_week(work, last)),
        kept_weight: steps
            .iter()
            .filter(|planned| !planned.deferred)
            .map(|planned| u64::from(planned.weight))
            .sum(),
    }
}
