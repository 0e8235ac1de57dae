//! From the variables of a body to the planner's request.

use serde::Deserialize;
use waymark::dates;
use waymark_planner::ids::StepId;
use waymark_planner::units::{Hours, Proficiency};
use waymark_planner::{Catalog, Pace, Request};

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    variables: Variables<'a>,
}

#[derive(Deserialize)]
struct Variables<'a> {
    #[serde(borrow)]
    input: Input<'a>,
}

/// What the bench asks with; with anything else the question would be another one than Waymark's.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Input<'a> {
    from: Option<&'a str>,
    to: &'a str,
    #[serde(borrow)]
    skills: Vec<StepInput<'a>>,
    hours_per_week: f64,
    start_on: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepInput<'a> {
    topic: &'a str,
    level: &'a str,
}

/// The request of a body; `None` where it is none, or names what is not there.
pub(crate) fn request(catalog: &Catalog, body: &[u8]) -> Option<Request> {
    let input = serde_json::from_slice::<Body<'_>>(body).ok()?.variables.input;
    let from = match input.from {
        Some(slug) => Some(catalog.role(slug)?),
        None => None,
    };
    let skills: Option<Vec<_>> = input.skills.iter().map(|skill| step(catalog, skill)).collect();
    let pace = Pace {
        hours_per_week: Hours::positive(input.hours_per_week)?,
        start: dates::to_day(dates::parse(input.start_on)?),
        finish_by: None,
        pauses: Vec::new(),
    };
    Some(Request { from, to: Some(catalog.role(input.to)?), skills: skills?, ..Request::new(pace) })
}

fn step(catalog: &Catalog, input: &StepInput<'_>) -> Option<StepId> {
    let level: Proficiency = input.level.parse().ok()?;
    catalog.step(catalog.topic(input.topic)?, level)
}
