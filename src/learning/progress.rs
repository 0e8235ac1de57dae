//! How far somebody is.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate};
use waymark_planner::units::Hours;

use super::Name;

/// How far a learner is with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    Open,
    /// Begun.
    Started,
    /// Learned here.
    Completed,
    /// Left out.
    Skipped,
    /// Held without having been learned here.
    Held,
}

impl State {
    /// Whether nothing is left to do.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Completed | Self::Skipped | Self::Held)
    }

    /// The one of a name of the database's.
    pub fn of(name: &str) -> Self {
        match name {
            "STARTED" => Self::Started,
            "COMPLETED" => Self::Completed,
            "KNOWN" | "UNWANTED" => Self::Skipped,
            _ => Self::Open,
        }
    }
}

/// A step, as far as progress is counted by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The step.
    pub name: Name,
    /// What it takes.
    pub hours: Hours,
    /// How much it matters.
    pub weight: u32,
    /// How far it is.
    pub state: State,
    /// What was spent on it.
    pub spent: Hours,
}

/// How far a roadmap is. What was skipped counts neither as done nor as to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// The steps that are learned.
    pub done: usize,
    /// All steps.
    pub all: usize,
    /// The hours of the steps that are learned.
    pub hours_done: Hours,
    /// The hours of all steps.
    pub hours: Hours,
    /// The weight of the steps that are learned.
    pub weight_done: u64,
    /// The weight of all steps.
    pub weight: u64,
    /// The hours that are left: of what has been begun, what was not yet spent on it.
    pub hours_left: Hours,
}

/// Counts steps; each stands in the list once.
pub fn progress(steps: &[Step]) -> Progress {
    let mut progress = Progress::default();
    for step in steps.iter().filter(|step| step.state != State::Skipped) {
        let is_done = step.state.is_done();
        progress.all += 1;
        progress.hours += step.hours;
        progress.weight += u64::from(step.weight);
        if is_done {
            progress.done += 1;
            progress.hours_done += step.hours;
            progress.weight_done += u64::from(step.weight);
        } else {
            progress.hours_left += step.hours - step.spent;
        }
    }
    progress
}

impl Progress {
    /// By hours, from 0 to 100; all of nothing is done.
    pub fn percent_by_hours(&self) -> f64 {
        percent(self.hours_done.as_f64(), self.hours.as_f64())
    }

    /// By weight, from 0 to 100; where nothing has a weight, by hours.
    #[allow(clippy::cast_precision_loss)] // weights are small
    pub fn percent_by_weight(&self) -> f64 {
        match self.weight {
            0 => self.percent_by_hours(),
            weight => percent(self.weight_done as f64, weight as f64),
        }
    }
}

/// To a tenth.
fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (1_000.0 * part / whole).round() / 10.0 } else { 100.0 }
}

/// How many days in a row something was learned, until today or, since today is not over, until yesterday.
pub fn streak_days(days: &BTreeSet<NaiveDate>, today: NaiveDate) -> usize {
    streak(days, today, 1)
}

/// How many weeks, Monday to Sunday, in a row something was learned, until this one or the one before.
pub fn streak_weeks(days: &BTreeSet<NaiveDate>, today: NaiveDate) -> usize {
    let weeks = days.iter().map(|&day| monday(day)).collect();
    streak(&weeks, monday(today), 7)
}

fn streak(of: &BTreeSet<NaiveDate>, now: NaiveDate, length: u64) -> usize {
    let before = |day: NaiveDate| day.checked_sub_days(Days::new(length));
    let last = if of.contains(&now) { Some(now) } else { before(now) };
    std::iter::successors(last, |day| before(*day)).take_while(|day| of.contains(day)).count()
}

/// The first day of a day's week.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    let days = day.weekday().num_days_from_monday();
    day.checked_sub_days(Days::new(days.into())).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use waymark_planner::units::Proficiency;

    use super::*;

    fn step(hours: f64, weight: u32, state: State, spent: f64) -> Step {
        let name = Name { topic: "go".to_owned(), level: Proficiency::Working };
        let of = |hours| Hours::positive(hours).unwrap_or_default();
        Step { name, hours: of(hours), weight, state, spent: of(spent) }
    }

    #[test]
    fn what_is_learned_counts_and_what_is_skipped_does_not_count_at_all() {
        let progress = progress(&[
            step(10.0, 3, State::Completed, 14.0),
            step(10.0, 0, State::Held, 0.0),
            step(20.0, 1, State::Started, 5.0),
            step(40.0, 2, State::Open, 0.0),
            step(99.0, 3, State::Skipped, 1.0),
        ]);
        assert_eq!((progress.done, progress.all), (2, 4));
        assert_eq!((progress.percent_by_hours(), progress.percent_by_weight()), (25.0, 50.0));
        assert_eq!(progress.hours_left, Hours::from_millionths(55_000_000));
        assert!(super::progress(&[]).percent_by_hours() >= 100.0);
    }

    #[test]
    fn more_spent_than_planned_leaves_nothing_and_not_less() {
        let progress = progress(&[step(4.0, 0, State::Started, 9.0)]);
        assert_eq!((progress.hours_left, progress.percent_by_weight()), (Hours::ZERO, 0.0));
    }

    #[test]
    fn a_streak_lasts_until_yesterday_or_the_week_before() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let of = |days: &[&str]| -> BTreeSet<NaiveDate> { days.iter().map(|text| day(text)).collect() };
        let days = of(&["2026-01-01", "2026-01-05", "2026-01-06", "2026-01-07"]);
        assert_eq!(streak_days(&days, day("2026-01-07")), 3);
        assert_eq!(streak_days(&days, day("2026-01-08")), 3);
        assert_eq!(streak_days(&days, day("2026-01-09")), 0);
        assert_eq!(streak_weeks(&days, day("2026-01-18")), 2);
        assert_eq!(streak_weeks(&days, day("2026-01-19")), 0);
        assert_eq!(streak_days(&of(&[]), day("2026-01-07")), 0);
    }
}
