//! What the choices between alternatives should be that roles offer.

use std::collections::{BTreeMap, BTreeSet};

use waymark_planner::Catalog;
use waymark_planner::ids::{EntryId, StepId, TopicId};

use super::learners::Learner;
use super::several;
use crate::catalog::diagnostics::Diagnostic;
use crate::catalog::places::Places;

/// The hours of alternatives differ at most by this factor.
const FACTOR: f64 = 1.5;

/// Alternatives of a role that are no substitutes for each other.
pub(super) fn substitutes(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let of_role = |role| {
        let slug = &catalog.roles()[role].slug;
        let at = move |entry| {
            let messages = of_entry(catalog, entry).into_iter();
            messages.map(move |message| places.of_requirement(catalog, slug, entry, message))
        };
        catalog.role_requires(role).flat_map(at)
    };
    catalog.roles().ids().flat_map(of_role).collect()
}

fn of_entry(catalog: &Catalog, entry: EntryId) -> Vec<String> {
    let steps = catalog.any_of(entry);
    if steps.len() < 2 {
        return Vec::new();
    }
    let described = |&step: &StepId| &catalog.steps()[step];
    let name = |step: StepId| catalog.step_name(step);
    let levels: BTreeSet<_> = steps.iter().map(|step| described(step).level).collect();
    let areas: BTreeSet<_> = steps.iter().map(|step| catalog.topics()[described(step).topic].area).collect();
    let mut messages = Vec::new();
    if levels.len() > 1 {
        let names: Vec<_> = levels.iter().map(|level| level.name()).collect();
        messages.push(format!("these alternatives have the levels {}: give them one", names.join(" and ")));
    }
    let by_hours = |step: &&StepId| (described(step).hours, **step);
    if let (Some(&least), Some(&most)) =
        (steps.iter().min_by_key(by_hours), steps.iter().max_by_key(by_hours))
    {
        let hours = |step| described(&step).hours.as_f64();
        if hours(most) > FACTOR * hours(least) {
            messages.push(format!(
                "{} takes {} hours and {} takes {}: substitutes differ at most by a factor of {FACTOR}",
                name(least),
                hours(least),
                name(most),
                hours(most)
            ));
        }
    }
    if areas.len() > 1 && catalog.reason(entry).is_none() {
        let slugs: Vec<_> = areas.iter().map(|&area| &*catalog.areas()[area].slug).collect();
        messages.push(format!(
            "these alternatives are of the areas {}: say under \"reason\" why they stand for each other",
            slugs.join(" and ")
        ));
    }
    messages
}

/// Steps that force learners into a second one of what a role has let them choose between.
pub(super) fn second(catalog: &Catalog, places: &Places, learners: &[Learner]) -> Vec<Diagnostic> {
    let mut forced: BTreeMap<(StepId, TopicId), BTreeSet<TopicId>> = BTreeMap::new();
    for learner in learners.iter().filter(|learner| is_of_one_kind(catalog, learner)) {
        for (by, other) in forced_on(catalog, learner) {
            forced.entry((by, other)).or_default().insert(learner.topic);
        }
    }
    let slug = |topic: TopicId| &*catalog.topics()[topic].slug;
    let finding = |((by, other), chosen): ((StepId, TopicId), BTreeSet<TopicId>)| {
        let chosen: Vec<_> = chosen.into_iter().map(slug).collect();
        let (name, other) = (catalog.step_name(by), slug(other));
        let message = format!(
            "whoever has chosen {} has to learn {other} too, only because {name} requires it: let it take what they have chosen",
            several(&chosen)
        );
        places.of_step(&name, message)
    };
    forced.into_iter().map(finding).collect()
}

/// Languages, frameworks, databases, clouds: what is offered beside each other is of one area.
fn is_of_one_kind(catalog: &Catalog, learner: &Learner) -> bool {
    let areas: BTreeSet<_> = learner.offered.iter().map(|&topic| catalog.topics()[topic].area).collect();
    areas.len() == 1
}

/// The topics that a learner did not choose and no requirement names, each with a step that requires it.
fn forced_on(catalog: &Catalog, learner: &Learner) -> BTreeSet<(StepId, TopicId)> {
    let steps = &learner.roadmap.steps;
    let topic = |position: usize| catalog.steps()[steps[position].step].topic;
    let required: BTreeSet<_> =
        (0..steps.len()).filter(|&at| !steps[at].serves.is_empty()).map(topic).collect();
    // What the choice itself stands on is no second one.
    let is_own = |at: usize| steps[at].unlocks.iter().any(|&next| topic(next) == learner.topic);
    let own: BTreeSet<_> = (0..steps.len()).filter(|&at| is_own(at)).map(topic).collect();
    let is_forced = |topic: TopicId| {
        topic != learner.topic
            && learner.offered.contains(&topic)
            && !required.contains(&topic)
            && !own.contains(&topic)
    };
    let forced = (0..steps.len()).filter(|&at| is_forced(topic(at)));
    let by = forced.flat_map(|at| {
        let others = steps[at].unlocks.iter().filter(move |&&next| topic(next) != topic(at));
        others.map(move |&next| (steps[next].step, topic(at)))
    });
    by.collect()
}
