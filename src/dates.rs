//! The planner counts days; people and the API name them.

use chrono::{NaiveDate, TimeDelta};
use waymark_planner::units::Day;

/// The planner's day 0, and the first that an input may name.
pub const FIRST: NaiveDate = date(1970, 1, 1);
/// The last day of a year of four digits.
pub const LAST: NaiveDate = date(9999, 12, 31);

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// The planner's day of a date.
pub fn to_day(date: NaiveDate) -> Day {
    Day(i32::try_from(date.signed_duration_since(FIRST).num_days()).unwrap_or(i32::MAX))
}

/// The date of a planner's day; those beyond [`LAST`] are it.
pub fn to_date(day: Day) -> NaiveDate {
    FIRST.checked_add_signed(TimeDelta::days(i64::from(day.0))).filter(|date| *date <= LAST).unwrap_or(LAST)
}

/// A date of the form `2026-11-23`, from [`FIRST`] to [`LAST`].
pub fn parse(text: &str) -> Option<NaiveDate> {
    let date = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()?;
    (FIRST..=LAST).contains(&date).then_some(date)
}
