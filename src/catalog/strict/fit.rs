//! Resources that bring learners to a step's outcome, whatever they have chosen to work with.

use std::collections::{BTreeMap, BTreeSet};

use waymark_planner::Catalog;
use waymark_planner::catalog::{Coverage, Resource};
use waymark_planner::ids::{StepId, TopicId};
use waymark_planner::units::{Price, ResourceKind};

use super::learners::Learner;
use super::several;
use crate::catalog::diagnostics::Diagnostic;
use crate::catalog::places::Places;

/// The least fit with which a resource teaches the main part of a step.
const FITTING: u8 = 3;
/// The least fit with which one alone is enough.
const ENOUGH: u8 = 4;

/// Steps without resources that fit.
pub(super) fn unfit(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let of_step = |step: StepId| {
        let name = catalog.step_name(step);
        let message = fault(catalog, step)?;
        Some(places.of_step(&name, format!("{name} {message}")))
    };
    catalog.steps().ids().filter_map(of_step).collect()
}

fn fault(catalog: &Catalog, step: StepId) -> Option<String> {
    let fitting: Vec<_> = fitting(catalog, step).collect();
    let is_enough = fitting.len() > 1 || fitting.iter().any(|(coverage, _)| coverage.fit >= ENOUGH);
    let is_free = fitting.iter().any(|(_, resource)| resource.price == Price::FREE);
    match (is_enough, is_free) {
        (true, true) => None,
        (true, false) => Some("has fitting resources, but none is free: add one that is".to_owned()),
        (false, _) => Some(format!(
            "has no fitting resource: it needs one with a \"fit\" of {ENOUGH} or two with {FITTING}, and one of them free"
        )),
    }
}

/// What teaches the main part of a step, other than by practice alone.
fn fitting(catalog: &Catalog, step: StepId) -> impl Iterator<Item = (&Coverage, &Resource)> {
    let coverages = catalog.taught_by(step).iter().map(|&id| &catalog.coverages()[id]);
    let with_resource = coverages.map(|coverage| (coverage, &catalog.resources()[coverage.resource]));
    with_resource.filter(|(coverage, resource)| {
        let is_exercise = matches!(resource.kind, ResourceKind::Exercise | ResourceKind::Project);
        coverage.fit >= FITTING && !is_exercise
    })
}

/// Steps whose fitting resources are all made for other stacks than some of their learners have.
pub(super) fn stacks(catalog: &Catalog, places: &Places, learners: &[Learner]) -> Vec<Diagnostic> {
    let mut left_out: BTreeMap<StepId, BTreeSet<TopicId>> = BTreeMap::new();
    for learner in learners.iter().filter(|learner| catalog.next_roles(learner.to).next().is_none()) {
        let topics = learner.roadmap.topics(catalog);
        for planned in &learner.roadmap.steps {
            if leaves_out(catalog, planned.step, |topic| topics.contains(topic)) {
                left_out.entry(planned.step).or_default().insert(learner.topic);
            }
        }
    }
    let slug = |topic: TopicId| &*catalog.topics()[topic].slug;
    let finding = |(step, learners): (StepId, BTreeSet<TopicId>)| {
        let made_for: BTreeSet<_> =
            fitting(catalog, step).flat_map(|(_, resource)| resource.made_for.iter().copied()).collect();
        let made_for: Vec<_> = made_for.into_iter().map(slug).collect();
        let learners: Vec<_> = learners.into_iter().map(slug).collect();
        let name = catalog.step_name(step);
        let message = format!(
            "what fits {name} is made for {}, and learners of {} need it too: add a resource for them, or for everybody",
            several(&made_for),
            several(&learners)
        );
        places.of_step(&name, message)
    };
    left_out.into_iter().map(finding).collect()
}

/// Whether a step has fitting resources, but none for somebody who has to do with some topics.
fn leaves_out(catalog: &Catalog, step: StepId, has_to_do: impl Fn(&TopicId) -> bool) -> bool {
    let suits =
        |resource: &Resource| resource.made_for.is_empty() || resource.made_for.iter().any(&has_to_do);
    let mut fitting = fitting(catalog, step).peekable();
    fitting.peek().is_some() && !fitting.any(|(_, resource)| suits(resource))
}
