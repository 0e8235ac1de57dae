//! `Progress` and `Forecast`: how far a kept roadmap is, and when it will be done.

use std::collections::BTreeSet;

use async_graphql::{Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use uuid::Uuid;
use waymark_planner::Pace;
use waymark_planner::units::Hours;

use super::count;
use super::saved_step::Overview;
use crate::dates::{to_date, to_day};
use crate::graphql::error::ApiError;
use crate::graphql::price::{FORECAST, cost};
use crate::graphql::scalars::Date;
use crate::learning::{self, FEWEST_WEEKS, StudySums, Wishes, streak_days, streak_weeks};
use crate::service::blocking;
use crate::service::study::StudyDays;

/// How far a learner is with a kept roadmap. What was skipped counts neither as done nor as to be done.
#[derive(SimpleObject)]
pub struct Progress {
    /// The steps that are done, those of earlier versions among them.
    steps_done: i32,
    /// All steps.
    steps_total: i32,
    /// The hours of the steps that are done, as planned.
    hours_done: f64,
    /// The hours of all steps, as planned.
    hours_total: f64,
    /// The hours that are left: of a step that has been begun, what was not yet spent on it.
    hours_left: f64,
    /// The hours that the learner has logged.
    hours_spent: f64,
    /// The hours that there were to learn until today, at the pace that was planned.
    hours_planned: f64,
    /// How much is done by hours, from 0 to 100.
    percent_by_hours: f64,
    /// How much is done by what matters for the target, from 0 to 100.
    percent_by_weight: f64,
    /// How many days in a row something was logged, until today or yesterday.
    streak_days: i32,
    /// How many weeks in a row, Monday to Sunday, something was logged, until this one or the one before.
    streak_weeks: i32,
}

impl Progress {
    pub(crate) fn new(
        overview: &Overview,
        study: &StudySums,
        days: &StudyDays,
        wishes: &Wishes,
        created_at: DateTime<Utc>,
        today: NaiveDate,
    ) -> Self {
        let progress = overview.progress(study);
        let days: BTreeSet<NaiveDate> = days.keys().copied().collect();
        let start = wishes.start_on.unwrap_or_else(|| created_at.date_naive());
        let room = wishes.pace(start).room(to_day(today));
        Self {
            steps_done: count(progress.done),
            steps_total: count(progress.all),
            hours_done: progress.hours_done.as_f64(),
            hours_total: progress.hours.as_f64(),
            hours_left: progress.hours_left.as_f64(),
            hours_spent: study.total.as_f64(),
            hours_planned: room.min(progress.hours).as_f64(),
            percent_by_hours: progress.percent_by_hours(),
            percent_by_weight: progress.percent_by_weight(),
            streak_days: count(streak_days(&days, today)),
            streak_weeks: count(streak_weeks(&days, today)),
        }
    }
}

/// A forecast, as its fields ask for it.
pub struct Forecast {
    left: Hours,
    wishes: Wishes,
    pace: learning::Pace,
    today: NaiveDate,
    seed: u64,
}

impl Forecast {
    pub(crate) fn new(
        overview: &Overview,
        study: &StudySums,
        pace: learning::Pace,
        wishes: Wishes,
        roadmap: Uuid,
        today: NaiveDate,
    ) -> Self {
        // Of the roadmap and the day, so that nobody's arrival flickers.
        let (high, low) = roadmap.as_u64_pair();
        let seed = high ^ low.rotate_left(17) ^ u64::from(to_day(today).0.unsigned_abs());
        let left = overview.progress(study).hours_left;
        Self { left, wishes, pace, today, seed }
    }

    /// The day on which so many days of learning from tomorrow on are over; those of a pause do not count.
    fn after(&self, days: u32) -> Date {
        let every_day =
            Pace { hours_per_week: Hours::from_millionths(7_000_000), ..self.pace_from_tomorrow() };
        match days {
            0 => Date(self.today),
            days => Date(to_date(every_day.ends(Hours::from_millionths(1_000_000 * u64::from(days))))),
        }
    }

    fn pace_from_tomorrow(&self) -> Pace {
        let tomorrow = to_date(to_day(self.today).plus(1));
        self.wishes.pace(self.wishes.start_on.map_or(tomorrow, |start| start.max(tomorrow)))
    }
}

/// When a learner will be done with a kept roadmap.
#[Object]
impl Forecast {
    /// The hours that are left.
    async fn hours_left(&self) -> f64 {
        self.left.as_f64()
    }

    /// The day of arrival at the hours a week that were planned, from tomorrow on; today where nothing is left.
    async fn planned(&self) -> Date {
        if self.left == Hours::ZERO {
            Date(self.today)
        } else {
            Date(to_date(self.pace_from_tomorrow().ends(self.left)))
        }
    }

    /// How many whole weeks of learning the log has, of the last half year at most, those without an entry among them.
    async fn weeks_observed(&self) -> i32 {
        count(self.pace.weeks.len())
    }

    /// How many whole weeks it takes to tell anything from them.
    async fn weeks_needed(&self) -> i32 {
        count(FEWEST_WEEKS)
    }

    /// The days of arrival by the learner's own weeks: each of many futures draws its weeks from those of the past (a bootstrap). Null with too
    /// few whole weeks in the log, or none in which something was learned.
    #[graphql(directive = cost::apply(FORECAST, None))]
    async fn observed(&self) -> Option<Result<ObservedForecast>> {
        let (left, pace, seed) = (self.left, self.pace.clone(), self.seed);
        let drawn = blocking(move || learning::forecast(left, &pace, &mut StdRng::seed_from_u64(seed)));
        let day = |days: Option<u32>| days.map(|days| self.after(days));
        match drawn.await {
            Ok(arrival) => arrival.map(|arrival| {
                Ok(ObservedForecast {
                    hours_per_week: self.pace.per_week().unwrap_or_default(),
                    p50: day(arrival.p50),
                    p80: day(arrival.p80),
                    p95: day(arrival.p95),
                })
            }),
            Err(lost) => Some(Err(ApiError::from(lost).into())),
        }
    }
}

/// When a learner will be done at the pace that they have kept.
#[derive(SimpleObject)]
pub struct ObservedForecast {
    /// The hours a week so far, on average.
    hours_per_week: f64,
    /// The day by which half of the futures have arrived; null where they take more than twenty years.
    p50: Option<Date>,
    /// The day by which four of five have.
    p80: Option<Date>,
    /// The day by which nineteen of twenty have.
    p95: Option<Date>,
}
