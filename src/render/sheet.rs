//! What every export reads: a roadmap beside the catalogue that names its steps and the resources picked for it.

use std::collections::HashMap;

use chrono::NaiveDate;
use waymark_planner::catalog::{Coverage, Resource};
use waymark_planner::ids::{CoverageId, StepId};
use waymark_planner::resources::{ResourcePlan, study_hours};
use waymark_planner::units::{Day, Hours, Price};
use waymark_planner::{Catalog, Choice, Milestone, Roadmap};

use crate::dates::to_date;

/// A roadmap with all that its exports tell.
pub struct Sheet<'a> {
    /// Names the steps.
    pub catalog: &'a Catalog,
    /// The steps, in order and dated.
    pub roadmap: &'a Roadmap,
    /// One resource for each step, and something to practise with, where there is one.
    pub resources: &'a ResourcePlan,
    /// What was decided between alternatives; empty where the format does not tell it.
    pub choices: &'a [Choice],
    /// What was assumed between alternatives; empty where the format does not tell it.
    pub assumed_choices: &'a [Choice],
    /// The day on which it is written.
    pub today: NaiveDate,
}

impl<'a> Sheet<'a> {
    /// `From Mid-level backend engineer to Backend architect`, or where only goals are given `The way to your goals`.
    pub fn title(&self) -> String {
        let request = &self.roadmap.request;
        let goal = request.to.map_or("your goals", |role| &self.catalog.roles()[role].title);
        match request.from {
            Some(from) => format!("From {} to {goal}", self.catalog.roles()[from].title),
            None => format!("The way to {goal}"),
        }
    }

    /// The role's title, or `Your goals`.
    pub fn milestone_title(&self, milestone: &Milestone) -> &'a str {
        milestone.role.map_or("Your goals", |role| &self.catalog.roles()[role].title)
    }

    /// `Spring Boot proficient`.
    pub fn step_title(&self, step: StepId) -> String {
        let step = &self.catalog.steps()[step];
        format!("{} {}", self.catalog.topics()[step.topic].title, step.level.name().to_lowercase())
    }

    /// For each step that has one the coverage picked for it.
    pub fn coverage(&self) -> HashMap<StepId, &'a Coverage> {
        self.by_step(self.resources.picks.iter().flat_map(|(_, coverages)| coverages))
    }

    /// For each step that has one the exercise or project picked for it.
    pub fn exercises(&self) -> HashMap<StepId, &'a Coverage> {
        self.by_step(self.resources.exercises.iter())
    }

    fn by_step(&self, picked: impl Iterator<Item = &'a CoverageId>) -> HashMap<StepId, &'a Coverage> {
        picked.map(|&id| &self.catalog.coverages()[id]).map(|coverage| (coverage.step, coverage)).collect()
    }

    /// The hours of a step that go into practice, where it has this resource or none.
    pub fn practice_hours(&self, step: StepId, coverage: Option<&Coverage>) -> Hours {
        let study = coverage.map_or(Hours::ZERO, |coverage| study_hours(self.catalog, coverage));
        self.catalog.steps()[step].hours - study
    }

    /// The resource of a coverage.
    pub fn resource(&self, coverage: &Coverage) -> &'a Resource {
        &self.catalog.resources()[coverage.resource]
    }
}

/// `12`, `7.5`: without needless decimals.
pub(super) fn hours(hours: Hours) -> String {
    let text = format!("{:.1}", hours.as_f64());
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// `free`, `$45`, `$12.50`.
pub(super) fn price(price: Price) -> String {
    match price.cents() {
        0 => "free".to_owned(),
        cents if cents % 100 == 0 => format!("${}", cents / 100),
        cents => format!("${}.{:02}", cents / 100, cents % 100),
    }
}

/// `5 Jan 2026`.
pub(super) fn date(day: Day) -> String {
    to_date(day).format("%-d %b %Y").to_string()
}

/// The title with who made it, or else who offers it.
pub(super) fn credit(resource: &Resource) -> String {
    format!("{}{}", resource.title, by(resource))
}

/// `, A. Author and B. Author`: who made it, or else who offers it; empty where neither is known.
pub(super) fn by(resource: &Resource) -> String {
    match (&resource.authors[..], &resource.provider) {
        ([], None) => String::new(),
        ([], Some(provider)) => format!(", {provider}"),
        ([one], _) => format!(", {one}"),
        ([one, two], _) => format!(", {one} and {two}"),
        ([first, ..], _) => format!(", {first} and others"),
    }
}
