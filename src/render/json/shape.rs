//! The shape of the JSON export. Programs build on it: a field may be added; one that goes, or comes to mean something else, takes a
//! new [`VERSION`]. Every field is always there, null where it has no value.
//!
//! Steps are named `topic@LEVEL`, all else by its slug. Hours are decimal numbers, prices US dollars, days as in `2026-02-28`.

use chrono::NaiveDate;
use serde::Serialize;

/// The number of this shape.
pub(super) const VERSION: u32 = 2;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'a> {
    pub(super) version: u32,
    pub(super) title: String,
    /// The day of the export.
    pub(super) written_on: NaiveDate,
    pub(super) request: Request<'a>,
    pub(super) hours: f64,
    /// No set of steps that reaches the target takes fewer.
    pub(super) lower_bound_hours: f64,
    pub(super) proven_minimal: bool,
    pub(super) schedule: Schedule,
    pub(super) milestones: Vec<Milestone<'a>>,
    pub(super) choices: Vec<Choice>,
    /// The steps taken as known without having been named.
    pub(super) assumed: Vec<String>,
    /// Of what is assumed, what had alternatives; `extraHours` are those that would be assumed more.
    pub(super) assumed_choices: Vec<Choice>,
    pub(super) resources: Resources,
}

/// What the roadmap answers, its lists sorted.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request<'a> {
    pub(super) from: Option<Named<'a>>,
    pub(super) to: Option<Named<'a>>,
    pub(super) goals: Vec<String>,
    pub(super) skills: Vec<String>,
    pub(super) gaps: Vec<String>,
    pub(super) prefer: Vec<&'a str>,
    pub(super) avoid: Vec<&'a str>,
    pub(super) hours_per_week: f64,
    pub(super) start_on: NaiveDate,
    pub(super) finish_by: Option<NaiveDate>,
    pub(super) pauses: Vec<Pause>,
}

/// Days without learning, both ends included.
#[derive(Serialize)]
pub(super) struct Pause {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

/// A role or a topic.
#[derive(Serialize)]
pub(super) struct Named<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schedule {
    pub(super) starts_on: NaiveDate,
    pub(super) finishes_on: NaiveDate,
    /// Whether all of it fits by `finishBy`; true where there is none.
    pub(super) fits: bool,
    /// With which all of it fits; null without `finishBy`, with no day to learn on until then, or where no week has so many.
    pub(super) needed_hours_per_week: Option<f64>,
    /// The value of the steps that are not deferred.
    pub(super) kept_value: f64,
    /// No set of steps that fits has a larger value; `keptValue` if that is proven of it.
    pub(super) upper_bound_value: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Milestone<'a> {
    /// From 1.
    pub(super) position: usize,
    pub(super) title: &'a str,
    /// Null for the learner's own goals.
    pub(super) role: Option<&'a str>,
    pub(super) hours: f64,
    pub(super) starts_on: NaiveDate,
    pub(super) arrives_on: NaiveDate,
    pub(super) steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Step<'a> {
    /// From 1, over all milestones.
    pub(super) position: usize,
    pub(super) name: String,
    pub(super) topic: Named<'a>,
    pub(super) level: &'a str,
    pub(super) hours: f64,
    pub(super) outcome: &'a str,
    /// Of the requirements that it is taken for; 0 where it is only a means.
    pub(super) weight: u32,
    /// The weight times the hours.
    pub(super) value: f64,
    pub(super) starts_on: NaiveDate,
    /// The last day of it.
    pub(super) finishes_on: NaiveDate,
    /// Left for later, since not everything fits by `finishBy`.
    pub(super) deferred: bool,
    /// On the longest chain of hours.
    pub(super) critical: bool,
    pub(super) slack_hours: f64,
    /// The steps of the roadmap that it needs right before it.
    pub(super) needs: Vec<String>,
    pub(super) reasons: Vec<Reason<'a>>,
    /// To learn from; null where none within the learner's wishes covers it.
    pub(super) resource: Option<Resource<'a>>,
    /// Of the step's hours those that go into the resource.
    pub(super) study_hours: f64,
    /// The others.
    pub(super) practice_hours: f64,
    pub(super) practice: Practice<'a>,
}

/// What to do to reach a step's outcome.
#[derive(Serialize)]
pub(super) struct Practice<'a> {
    pub(super) task: Option<&'a str>,
    /// An exercise or a project to do it with; null where none within the learner's wishes covers the step.
    pub(super) resource: Option<Resource<'a>>,
}

/// A requirement that a step serves.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reason<'a> {
    /// That requires it; null for a goal of the learner's own.
    pub(super) role: Option<&'a str>,
    pub(super) weight: u32,
    /// Any one of these satisfies it.
    pub(super) any_of: Vec<String>,
    /// From the step to the one that satisfies it, both included.
    pub(super) chain: Vec<String>,
}

/// What a step is learned from.
#[derive(Serialize)]
pub(super) struct Resource<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    pub(super) kind: &'a str,
    pub(super) url: &'a str,
    pub(super) authors: Vec<&'a str>,
    pub(super) provider: Option<&'a str>,
    pub(super) section: Option<&'a str>,
    /// That the part takes.
    pub(super) hours: f64,
    /// Of the whole resource, which may teach further steps.
    pub(super) price: f64,
}

/// A requirement that offered alternatives.
#[derive(Serialize)]
pub(super) struct Choice {
    pub(super) taken: String,
    /// All that it offered, `taken` included.
    pub(super) alternatives: Vec<Alternative>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alternative {
    pub(super) step: String,
    /// That the whole roadmap would have more; null where there would be no roadmap.
    pub(super) extra_hours: Option<f64>,
}

/// All resources together.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Resources {
    pub(super) count: usize,
    pub(super) hours: f64,
    pub(super) price: f64,
    /// Whether no other choice is less of a burden.
    pub(super) proven_minimal: bool,
    /// The steps without a resource.
    pub(super) uncovered: Vec<String>,
}
