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

/// Counts steps; each stands in the list once. `spent` tells the hours that were logged on one.
pub fn progress(steps: &[Step], spent: impl Fn(&Name) -> Hours) -> Progress {
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
            progress.hours_left += step.hours - spent(&step.name);
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

/// Whether the weeks of a streak go back to a week, so that earlier ones may belong to it too.
pub fn streak_reaches(days: &BTreeSet<NaiveDate>, today: NaiveDate, week: NaiveDate) -> bool {
    let weeks = days.iter().map(|&day| monday(day)).collect();
    links(&weeks, monday(today), 7).last().is_some_and(|first| first <= monday(week))
}

fn streak(of: &BTreeSet<NaiveDate>, now: NaiveDate, length: u64) -> usize {
    links(of, now, length).count()
}

/// The days of a streak, latest first.
fn links(of: &BTreeSet<NaiveDate>, now: NaiveDate, length: u64) -> impl Iterator<Item = NaiveDate> + '_ {
    let before = move |day: NaiveDate| day.checked_sub_days(Days::new(length));
    let last = if of.contains(&now) { Some(now) } else { before(now) };
    std::iter::successors(last, move |day| before(*day)).take_while(|day| of.contains(day))
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

    fn hours(hours: f64) -> Hours {
        Hours::positive(hours).unwrap_or_default()
    }

    fn step(planned: f64, weight: u32, state: State) -> Step {
        let name = Name { topic: format!("{state:?}"), level: Proficiency::Working };
        Step { name, hours: hours(planned), weight, state }
    }

    #[test]
    fn what_is_learned_counts_and_what_is_skipped_does_not_count_at_all() {
        let steps = [
            step(10.0, 3, State::Completed),
            step(10.0, 0, State::Held),
            step(20.0, 1, State::Started),
            step(40.0, 2, State::Open),
            step(99.0, 3, State::Skipped),
        ];
        let spent = |name: &Name| match &*name.topic {
            "Completed" => hours(14.0),
            "Started" => hours(5.0),
            "Skipped" => hours(1.0),
            _ => Hours::ZERO,
        };
        let progress = progress(&steps, spent);
        assert_eq!((progress.done, progress.all), (2, 4));
        assert_eq!((progress.percent_by_hours(), progress.percent_by_weight()), (25.0, 50.0));
        assert_eq!(progress.hours_left, Hours::from_millionths(55_000_000));
        assert!(super::progress(&[], spent).percent_by_hours() >= 100.0);
    }

    #[test]
    fn more_spent_than_planned_leaves_nothing_and_not_less() {
        let progress = progress(&[step(4.0, 0, State::Started)], |_| hours(9.0));
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
        let reaches = |today, week| streak_reaches(&days, day(today), day(week));
        assert!(reaches("2026-01-18", "2025-12-29") && reaches("2026-01-18", "2026-01-08"));
        assert!(!reaches("2026-01-18", "2025-12-22") && !reaches("2026-01-19", "2025-12-29"));
    }
}
