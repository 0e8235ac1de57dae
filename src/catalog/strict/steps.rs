//! What topics and steps should be.

use std::ops::RangeInclusive;

use waymark_planner::Catalog;
use waymark_planner::ids::{Arena, StepId, TopicId};
use waymark_planner::units::Proficiency;

use super::length;
use crate::catalog::diagnostics::Diagnostic;
use crate::catalog::places::Places;

const TITLE: RangeInclusive<usize> = 1..=60;
const SUMMARY: RangeInclusive<usize> = 15..=140;
const OUTCOME: RangeInclusive<usize> = 25..=200;

pub(super) fn findings(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let is_used = used(catalog);
    let topics = catalog.topics().ids().flat_map(|topic| {
        let slug = &catalog.topics()[topic].slug;
        of_topic(catalog, topic, &is_used).into_iter().map(|message| places.of_topic(slug, message))
    });
    let steps = catalog.steps().ids().flat_map(|step| {
        let name = catalog.step_name(step);
        of_step(catalog, step, &is_used).into_iter().map(move |message| places.of_step(&name, message))
    });
    topics.chain(steps).collect()
}

/// Steps from WORKING up that do not say what to practise.
pub(super) fn without_practice(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let needs_it = |step: &StepId| {
        let described = &catalog.steps()[*step];
        described.level >= Proficiency::Working && described.practice.is_none()
    };
    let finding = |step: StepId| {
        let name = catalog.step_name(step);
        let message = format!(
            "{name} has no \"practice\": say what to build, change or decide, and how to tell that it worked"
        );
        places.of_step(&name, message)
    };
    catalog.steps().ids().filter(needs_it).map(finding).collect()
}

fn of_topic(catalog: &Catalog, topic: TopicId, is_used: &Arena<StepId, bool>) -> Vec<String> {
    let described = &catalog.topics()[topic];
    let lengths =
        [length("the title", &described.title, &TITLE), length("the summary", &described.summary, &SUMMARY)];
    let needless = described.elective.is_some() && catalog.steps_of(topic).all(|step| is_used[step]);
    let needless = needless.then(|| {
        format!(
            "all steps of \"{}\" are asked for somewhere: \"elective\" says nothing, take it away",
            described.slug
        )
    });
    lengths.into_iter().flatten().chain(needless).collect()
}

fn of_step(catalog: &Catalog, step: StepId, is_used: &Arena<StepId, bool>) -> Vec<String> {
    let name = catalog.step_name(step);
    let described = &catalog.steps()[step];
    let outcome = length(&format!("the outcome of {name}"), &described.outcome, &OUTCOME);
    let (least, most) = sane_hours(described.level);
    let hours = described.hours.as_f64();
    let hours = (hours < least || hours > most).then(|| {
        let level = described.level.name();
        format!("{name} takes {hours} hours: {level} is {least} to {most}; correct it, or divide the topic")
    });
    let is_elective = catalog.topics()[described.topic].elective.is_some();
    let unused = (!is_used[step] && !is_elective).then(|| {
        format!(
            "no role and no other step asks for {name}: let one do so, or say under \"elective\" of its topic why it is worth learning"
        )
    });
    [outcome, hours, unused].into_iter().flatten().collect()
}

/// The learning time of one level alone that somebody may believe, in hours.
const fn sane_hours(level: Proficiency) -> (f64, f64) {
    match level {
        Proficiency::Aware => (1.0, 12.0),
        Proficiency::Working => (3.0, 100.0),
        Proficiency::Proficient => (6.0, 100.0),
        Proficiency::Expert => (12.0, 120.0),
    }
}

/// For each step whether a role or another step names it, be it as one of several or as good to have.
fn used(catalog: &Catalog) -> Arena<StepId, bool> {
    let mut is_used = Arena::from(vec![false; catalog.steps().len()]);
    let of_roles = catalog.roles().ids().flat_map(|role| catalog.role_requires(role));
    let of_steps =
        catalog.steps().ids().flat_map(|step| catalog.requires(step).chain(catalog.recommends(step)));
    for entry in of_roles.chain(of_steps) {
        for &step in catalog.any_of(entry) {
            is_used[step] = true;
        }
    }
    is_used
}
