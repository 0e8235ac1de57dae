//! What refers to a step, and what becomes of it when the step goes by another name, or another step stands in for it.

use std::collections::BTreeSet;

use waymark_planner::draft::{At, CoverDraft, Draft, EntryDraft, TopicDraft};
use waymark_planner::units::Proficiency;

use super::find::{Slugged as _, parts};

/// What becomes of a reference to a step; `None` where it stays.
pub(super) type Follow<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Has all references to steps go by other names, for the same steps.
pub(super) fn rename(draft: &mut Draft, follow: Follow<'_>) {
    let levels = draft.topics.iter_mut().flat_map(|topic| &mut topic.levels);
    let asked = levels.flat_map(|level| level.requires.iter_mut().chain(&mut level.recommends));
    let asked = asked.chain(draft.roles.iter_mut().flat_map(|role| &mut role.requires));
    let covers = draft.resources.iter_mut().flat_map(|resource| &mut resource.covers);
    let steps = asked.flat_map(|entry| &mut entry.any_of).chain(covers.map(|cover| &mut cover.step));
    for step in steps {
        if let Some(other) = follow(&step.value) {
            step.value = other;
        }
    }
}

/// Has resources that are made for a topic be made for another, which they may be made for already.
pub(super) fn follow_topic(draft: &mut Draft, is_it: impl Fn(&str) -> bool, other: &str) {
    for resource in &mut draft.resources {
        let mut seen = BTreeSet::new();
        for topic in resource.made_for.iter_mut().filter(|topic| is_it(&topic.value)) {
            other.clone_into(&mut topic.value);
        }
        resource.made_for.retain(|topic| seen.insert(topic.value.clone()));
    }
}

/// Has all references to steps follow to others, which those who refer to them may know already.
pub(super) fn follow(draft: &mut Draft, follow: Follow<'_>) {
    for topic in &mut draft.topics {
        let names = names(topic);
        for level in &mut topic.levels {
            let own = Owned { names: &names, level: level.level.value };
            entries(&mut level.requires, follow, Some(&own));
            entries(&mut level.recommends, follow, Some(&own));
        }
    }
    for role in &mut draft.roles {
        entries(&mut role.requires, follow, None);
    }
    for resource in &mut draft.resources {
        covers(&mut resource.covers, follow);
    }
}

/// The step that asks.
struct Owned<'a> {
    /// What its topic is called, and was.
    names: &'a [String],
    level: Proficiency,
}

impl Owned<'_> {
    /// Whether a step is this one, or a higher level of its topic.
    fn brings(&self, step: &str) -> bool {
        parts(step)
            .is_some_and(|(topic, level)| level >= self.level && self.names.iter().any(|name| name == topic))
    }
}

/// Requirements that name the step that asks once they follow are met by it: they go. Those that become equal become one.
fn entries(list: &mut Vec<EntryDraft>, follow: Follow<'_>, owner: Option<&Owned<'_>>) {
    let mut kept: Vec<EntryDraft> = Vec::with_capacity(list.len());
    for mut entry in std::mem::take(list) {
        if !steps(&mut entry.any_of, follow) {
            kept.push(entry);
            continue;
        }
        if owner.is_some_and(|owner| entry.any_of.iter().any(|step| owner.brings(&step.value))) {
            continue;
        }
        let names = set(&entry.any_of);
        match kept.iter_mut().find(|other| set(&other.any_of) == names) {
            Some(other) => {
                if other.weight.value < entry.weight.value {
                    other.weight = entry.weight;
                }
                other.reason = other.reason.take().or(entry.reason);
            }
            None => kept.push(entry),
        }
    }
    *list = kept;
}

/// Whether any of the steps has followed; none is there twice then.
fn steps(any_of: &mut Vec<At<String>>, follow: Follow<'_>) -> bool {
    let mut is_changed = false;
    for step in &mut *any_of {
        if let Some(other) = follow(&step.value) {
            step.value = other;
            is_changed = true;
        }
    }
    if is_changed {
        let mut seen = BTreeSet::new();
        any_of.retain(|step| seen.insert(step.value.clone()));
    }
    is_changed
}

/// The names of the steps of a requirement.
fn set(any_of: &[At<String>]) -> BTreeSet<&str> {
    any_of.iter().map(|step| &*step.value).collect()
}

/// What a resource says of a step by itself holds; what would say it a second time goes.
fn covers(list: &mut Vec<CoverDraft>, follow: Follow<'_>) {
    let mut own: BTreeSet<String> =
        list.iter().map(|cover| cover.step.value.clone()).filter(|step| follow(step).is_none()).collect();
    list.retain_mut(|cover| match follow(&cover.step.value) {
        Some(other) => {
            cover.step.value.clone_from(&other);
            own.insert(other)
        }
        None => true,
    });
}

/// What a topic is called, and was.
fn names(topic: &TopicDraft) -> Vec<String> {
    let aliases = topic.aliases().iter().map(|alias| alias.value.clone());
    std::iter::once(topic.slug.value.clone()).chain(aliases).collect()
}
