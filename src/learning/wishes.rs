//! What a learner asked for, as it is kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use waymark_planner::Pace;
use waymark_planner::units::Hours;

use super::Name;
use crate::dates::to_day;

/// The wishes of a kept roadmap: the same as those of a question, with everything by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wishes {
    /// The role that the learner holds.
    pub from: Option<String>,
    /// The target role.
    pub to: Option<String>,
    /// Steps wanted beyond it.
    pub goals: Vec<Name>,
    /// Steps that the learner said to hold for this roadmap.
    pub skills: Vec<Name>,
    /// Steps that `from` implies and the learner does not hold.
    pub gaps: Vec<Name>,
    /// Topics to use wherever a requirement offers them.
    pub prefer: Vec<String>,
    /// Topics never to put on the roadmap.
    pub avoid: Vec<String>,
    /// The hours that the learner has in a week.
    pub hours_per_week: f64,
    /// The first day, where one was named.
    pub start_on: Option<NaiveDate>,
    /// The last day that there is.
    pub finish_by: Option<NaiveDate>,
    /// Days without learning, from and to, both included.
    pub pauses: Vec<(NaiveDate, NaiveDate)>,
    /// What is wanted of resources.
    pub resources: Option<ResourceWishes>,
}

impl Wishes {
    /// The learner's time, from a day on.
    pub fn pace(&self, start: NaiveDate) -> Pace {
        Pace {
            hours_per_week: Hours::positive(self.hours_per_week).unwrap_or_default(),
            start: to_day(start),
            finish_by: self.finish_by.map(to_day),
            pauses: self.pauses.iter().map(|(from, to)| (to_day(*from), to_day(*to))).collect(),
        }
    }
}

/// What is wanted of resources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceWishes {
    /// Languages, as BCP 47 writes them.
    pub languages: Vec<String>,
    /// Only what costs nothing.
    pub free_only: bool,
    /// Kinds whose hours count less.
    pub prefer_kinds: Vec<String>,
    /// Kinds left out.
    pub exclude_kinds: Vec<String>,
    /// The most that all of them together may cost, in US dollars.
    pub budget: Option<f64>,
    /// What an hour of the learner is worth, in US dollars.
    pub hour_value: f64,
}
