//! Chapter 4 of the planning problem: hours become days.
//!
//! A week's hours are spread evenly over its seven days, so a step that ends after `h` hours ends `7·h/w` working days after the start.
//! All of it is exact: whole numbers, one division.

use crate::request::Pace;
use crate::units::{Day, Hours};

/// The learner's working days.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    start: Day,
    per_week: u128,
    /// Days without work, apart from each other and ascending.
    pauses: Vec<(Day, Day)>,
}

impl Calendar {
    /// Pauses may overlap and stand in any order; one that ends before it begins is none.
    pub(crate) fn new(pace: &Pace) -> Self {
        let mut given: Vec<_> = pace.pauses.iter().copied().filter(|(from, to)| from <= to).collect();
        given.sort_unstable();
        let mut pauses: Vec<(Day, Day)> = Vec::new();
        for (from, to) in given {
            match pauses.last_mut() {
                Some((_, end)) if from <= end.plus(1) => *end = to.max(*end),
                _ => pauses.push((from, to)),
            }
        }
        Self { start: pace.start, per_week: u128::from(pace.hours_per_week.millionths().max(1)), pauses }
    }

    /// The day in which the work after `before` hours begins.
    pub(crate) fn begins(&self, before: Hours) -> Day {
        self.working_day(7 * u128::from(before.millionths()) / self.per_week)
    }

    /// The day in which the last of `until` hours ends; with no hours at all the first day.
    pub(crate) fn ends(&self, until: Hours) -> Day {
        self.working_day((7 * u128::from(until.millionths())).div_ceil(self.per_week).saturating_sub(1))
    }

    /// The hours that there are until the end of a day.
    pub(crate) fn room(&self, last: Day) -> Hours {
        let hours = self.days_until(last) * self.per_week / 7;
        Hours::from_millionths(u64::try_from(hours).unwrap_or(u64::MAX))
    }

    /// The work that is done by the end of a day, in sevenths of millionths of an hour, so that it is exact.
    pub(crate) fn done_by(&self, last: Day) -> u128 {
        self.days_until(last) * self.per_week
    }

    /// The least hours a week that bring the work to its end within a day; `None` where there is no working day until then.
    pub(crate) fn needed_per_week(&self, work: Hours, last: Day) -> Option<Hours> {
        let days = self.days_until(last);
        let needed = (days > 0).then(|| (7 * u128::from(work.millionths())).div_ceil(days))?;
        Some(Hours::from_millionths(u64::try_from(needed).unwrap_or(u64::MAX)))
    }

    /// The number of working days from the start to the end of a day.
    fn days_until(&self, last: Day) -> u128 {
        let paused: i64 =
            self.pauses.iter().map(|&(from, to)| (to.min(last).since(from.max(self.start)) + 1).max(0)).sum();
        u128::try_from(last.since(self.start) + 1 - paused).unwrap_or(0)
    }

    /// The working day of a number, counted from 0.
    fn working_day(&self, number: u128) -> Day {
        let mut day = self.start.plus(i64::try_from(number).unwrap_or(i64::MAX));
        for &(from, to) in &self.pauses {
            let from = from.max(self.start);
            if from <= to && from <= day {
                day = day.plus(to.since(from) + 1);
            }
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(hours_per_week: f64, pauses: &[(i32, i32)]) -> Calendar {
        Calendar::new(&Pace {
            hours_per_week: hours(hours_per_week),
            start: Day(0),
            finish_by: None,
            pauses: pauses.iter().map(|&(from, to)| (Day(from), Day(to))).collect(),
        })
    }

    fn hours(hours: f64) -> Hours {
        Hours::positive(hours).unwrap_or_default()
    }

    #[test]
    fn a_weeks_hours_take_seven_days() {
        let calendar = calendar(6.0, &[]);
        assert_eq!((calendar.begins(Hours::ZERO), calendar.ends(hours(6.0))), (Day(0), Day(6)));
        assert_eq!((calendar.begins(hours(6.0)), calendar.ends(hours(6.5))), (Day(7), Day(7)));
    }

    #[test]
    fn a_step_may_begin_in_the_day_in_which_another_ends() {
        let calendar = calendar(7.0, &[]);
        assert_eq!((calendar.ends(hours(1.5)), calendar.begins(hours(1.5))), (Day(1), Day(1)));
    }

    #[test]
    fn pauses_are_passed_over_however_they_are_given() {
        let calendar = calendar(7.0, &[(4, 5), (2, 3), (3, 4), (-9, -2), (9, 8)]);
        assert_eq!([1.0, 2.0, 3.0].map(|h| calendar.ends(hours(h))), [Day(0), Day(1), Day(6)]);
        assert_eq!(calendar.room(Day(6)), hours(3.0));
    }

    #[test]
    fn a_start_inside_a_pause_begins_after_it() {
        assert_eq!(calendar(7.0, &[(-3, 4)]).begins(Hours::ZERO), Day(5));
    }

    #[test]
    fn what_is_needed_fits_and_less_does_not() {
        let needed = calendar(1.0, &[(2, 3)]).needed_per_week(hours(10.0), Day(8)).unwrap_or_default();
        assert!(calendar(needed.as_f64(), &[(2, 3)]).room(Day(8)) >= hours(10.0) - Hours::from_millionths(1));
        assert!(calendar(needed.as_f64() - 0.001, &[(2, 3)]).room(Day(8)) < hours(10.0));
        assert_eq!(calendar(1.0, &[(0, 8)]).needed_per_week(hours(10.0), Day(8)), None);
    }
}
