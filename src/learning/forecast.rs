//! When somebody will arrive, by their own record: a bootstrap (Efron 1979) over the weeks that they have had.
//!
//! Each of many futures draws weeks, with replacement, from those of the past until the hours that are left are done. Weeks without learning are
//! weeks too. What comes out is how long each future takes; the days by which half, four fifths and nineteen of twenty of them have arrived are told.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rand::RngExt as _;
use rand::rngs::StdRng;
use waymark_planner::units::Hours;

use super::progress::monday;

/// With fewer whole weeks than these nothing is said: any figure would be made up.
pub const FEWEST_WEEKS: usize = 4;
/// Older weeks say little about how somebody learns now.
const LATEST_WEEKS: usize = 26;
/// So many futures tell the 95th percentile to about one in a hundred.
const FUTURES: usize = 2_000;
/// A future that takes more weeks than this is one that does not arrive.
const MOST_WEEKS: u32 = 52 * 20;

/// How long the hours that are left take, in days of learning: a half, four fifths and nineteen of twenty of the futures are not longer.
/// `None` where so many do not arrive within twenty years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Half.
    pub p50: Option<u32>,
    /// Four fifths.
    pub p80: Option<u32>,
    /// Nineteen of twenty.
    pub p95: Option<u32>,
}

/// The weeks of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The hours of each whole week since the first day of learning, oldest first.
    pub weeks: Vec<Hours>,
}

impl Pace {
    /// The hours a week, on average; `None` where there are no whole weeks.
    #[allow(clippy::cast_precision_loss)] // a few weeks
    pub fn per_week(&self) -> Option<f64> {
        let sum: Hours = self.weeks.iter().copied().sum();
        (!self.weeks.is_empty()).then(|| sum.as_f64() / self.weeks.len() as f64)
    }
}

/// The whole weeks of a record, the latest of them: from its first day on, by the hours of its days back to [`weeks_since`]. The week of today is
/// not over, and the one in which it began was not whole unless it began on a Monday.
pub fn weekly(first: Option<NaiveDate>, days: &BTreeMap<NaiveDate, Hours>, today: NaiveDate) -> Pace {
    let Some(first) = first else { return Pace { weeks: Vec::new() } };
    let mut hours: BTreeMap<NaiveDate, Hours> = BTreeMap::new();
    for (day, spent) in days {
        *hours.entry(monday(*day)).or_default() += *spent;
    }
    let next = |week: &NaiveDate| week.checked_add_days(Days::new(7));
    let begin = if monday(first) == first { Some(first) } else { next(&monday(first)) };
    let begin = begin.map(|begin| begin.max(weeks_since(today)));
    let weeks = std::iter::successors(begin, next).take_while(|week| *week < monday(today));
    Pace { weeks: weeks.map(|week| hours.get(&week).copied().unwrap_or_default()).collect() }
}

/// The first day that a forecast of today looks back to.
pub fn weeks_since(today: NaiveDate) -> NaiveDate {
    let days = Days::new(7 * LATEST_WEEKS as u64);
    monday(today).checked_sub_days(days).unwrap_or(NaiveDate::MIN)
}

/// How long the hours that are left take at a pace; `None` where the record is too short, or has no hours.
pub fn forecast(left: Hours, pace: &Pace, random: &mut StdRng) -> Option<Arrival> {
    let has_hours = pace.weeks.iter().any(|week| *week > Hours::ZERO);
    if pace.weeks.len() < FEWEST_WEEKS || !has_hours {
        return None;
    }
    let mut futures: Vec<Option<u32>> = (0..FUTURES).map(|_| future(left, pace, random)).collect();
    // What does not arrive comes last.
    futures.sort_unstable_by_key(|days| days.unwrap_or(u32::MAX));
    let at = |hundredths: usize| futures[(FUTURES * hundredths).div_ceil(100) - 1];
    Some(Arrival { p50: at(50), p80: at(80), p95: at(95) })
}

/// The days of one future: whole weeks, and of the last one as much as it takes.
fn future(left: Hours, pace: &Pace, random: &mut StdRng) -> Option<u32> {
    let mut left = left.millionths();
    let mut weeks = 0;
    while left > 0 {
        if weeks == MOST_WEEKS {
            return None;
        }
        let week = pace.weeks[random.random_range(0..pace.weeks.len())].millionths();
        if week >= left {
            let days = (7 * u128::from(left)).div_ceil(u128::from(week));
            return Some(7 * weeks + u32::try_from(days).unwrap_or(7));
        }
        left -= week;
        weeks += 1;
    }
    Some(0)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    fn hours(hours: f64) -> Hours {
        Hours::positive(hours).unwrap_or_default()
    }

    fn pace(weeks: &[f64]) -> Pace {
        Pace { weeks: weeks.iter().map(|&week| hours(week)).collect() }
    }

    fn told(left: f64, weeks: &[f64]) -> Option<Arrival> {
        forecast(hours(left), &pace(weeks), &mut StdRng::seed_from_u64(7))
    }

    #[test]
    fn who_learns_the_same_each_week_arrives_on_one_day() {
        let days = Some(21);
        assert_eq!(told(18.0, &[6.0; 4]), Some(Arrival { p50: days, p80: days, p95: days }));
        assert_eq!(told(0.0, &[6.0; 4]).unwrap().p95, Some(0));
        assert_eq!(told(6.1, &[6.0; 4]).unwrap().p50, Some(8));
    }

    #[test]
    fn the_more_weeks_differ_the_further_the_days_are_apart() {
        let arrival = told(60.0, &[12.0, 0.0, 6.0, 0.0, 12.0, 6.0]).unwrap();
        assert!(arrival.p50 < arrival.p80 && arrival.p80 < arrival.p95, "{arrival:?}");
        assert!((60..=80).contains(&arrival.p50.unwrap()), "{arrival:?}");
        assert_eq!(told(60.0, &[12.0, 0.0, 6.0, 0.0, 12.0, 6.0]).unwrap(), arrival);
    }

    #[test]
    fn more_hours_left_never_arrive_earlier() {
        let weeks = [3.0, 0.0, 8.0, 5.5, 1.0];
        let days = |left| told(left, &weeks).unwrap().p80.unwrap();
        assert!((1..40).all(|i| days(f64::from(i)) <= days(f64::from(i) + 1.0)));
    }

    #[test]
    fn too_short_a_record_tells_nothing() {
        assert_eq!(told(10.0, &[6.0; 3]), None);
        assert_eq!(told(10.0, &[0.0; 8]), None);
        assert_eq!(told(1e6, &[1.0; 4]).unwrap().p50, None);
    }

    /// The same of all entries of a log, without sums.
    fn weekly_of_entries(study: &[(NaiveDate, Hours)], today: NaiveDate) -> Pace {
        let Some(first) = study.iter().map(|(day, _)| *day).min() else { return Pace { weeks: Vec::new() } };
        let of_week = |week: NaiveDate| {
            let spent = study.iter().filter(|(day, _)| monday(*day) == week);
            spent.map(|(_, hours)| *hours).sum()
        };
        let begin = if monday(first) == first { first } else { monday(first) + Days::new(7) };
        let weeks = begin.iter_weeks().take_while(|week| *week < monday(today));
        let weeks: Vec<Hours> = weeks.map(of_week).collect();
        Pace { weeks: weeks[weeks.len().saturating_sub(LATEST_WEEKS)..].to_vec() }
    }

    proptest::proptest! {
        #[test]
        fn the_weeks_of_sums_are_those_of_all_entries(
            entries in proptest::collection::vec((0u64..400, 1u64..24_000_000), 0..60),
            now in 0u64..450,
        ) {
            let begin: NaiveDate = "2025-03-01".parse().unwrap();
            let entries: Vec<_> = entries
                .into_iter()
                .map(|(day, hours)| (begin + Days::new(day), Hours::from_millionths(hours)))
                .collect();
            let today = begin + Days::new(now);
            let first = entries.iter().map(|(day, _)| *day).min();
            let mut days = BTreeMap::new();
            for (day, hours) in entries.iter().filter(|(day, _)| (weeks_since(today)..=today).contains(day)) {
                *days.entry(*day).or_insert(Hours::ZERO) += *hours;
            }
            proptest::prop_assert_eq!(weekly(first, &days, today), weekly_of_entries(&entries, today));
        }
    }

    #[test]
    fn weeks_without_learning_count_and_those_that_are_not_whole_do_not() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let study = BTreeMap::from([
            (day("2026-01-01"), hours(9.0)), // a Thursday
            (day("2026-01-05"), hours(2.0)),
            (day("2026-01-11"), hours(3.0)),
            (day("2026-01-20"), hours(4.0)),
            (day("2026-01-27"), hours(7.0)),
        ]);
        let pace = weekly(Some(day("2026-01-01")), &study, day("2026-01-28"));
        assert_eq!(pace, self::pace(&[5.0, 0.0, 4.0]));
        assert_eq!(pace.per_week(), Some(3.0));
        assert_eq!(weekly(None, &BTreeMap::new(), day("2026-01-28")).per_week(), None);
        assert_eq!(weekly(Some(day("2026-01-05")), &study, day("2026-01-11")).weeks, []);
        // Of half a year and more the latest weeks alone.
        let late = weekly(Some(day("2026-01-05")), &study, day("2026-07-27"));
        assert_eq!((late.weeks.len(), late.weeks[0]), (LATEST_WEEKS, hours(7.0)));
    }
}
