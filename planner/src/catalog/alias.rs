//! Former names: what something was called before, and what it has taken the place of.

use std::collections::HashMap;

use super::check::parse_step;
use super::{Catalog, Kind};
use crate::draft::{At, Draft};
use crate::ids::{AreaId, Id, ResourceId, RoleId, StepId, TopicId};
use crate::units::Proficiency;

/// Former names in alphabetical order, each with what it leads to now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Aliases {
    areas: Vec<(Box<str>, AreaId)>,
    topics: Vec<(Box<str>, TopicId)>,
    steps: Vec<((Box<str>, Proficiency), StepId)>,
    roles: Vec<(Box<str>, RoleId)>,
    resources: Vec<(Box<str>, ResourceId)>,
}

impl Aliases {
    /// Those of a catalogue whose things are all there.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let steps = catalog.steps().ids().flat_map(|id| {
            let names = catalog.steps()[id].aliases.iter().filter_map(|name| parse_step(name).ok());
            names.map(move |(topic, level)| ((topic.into(), level), id))
        });
        let mut steps: Vec<_> = steps.collect();
        steps.sort_unstable();
        Self {
            areas: sorted(catalog.areas().ids().zip(catalog.areas()), |area| &area.aliases),
            topics: sorted(catalog.topics().ids().zip(catalog.topics()), |topic| &topic.aliases),
            steps,
            roles: sorted(catalog.roles().ids().zip(catalog.roles()), |role| &role.aliases),
            resources: sorted(catalog.resources().ids().zip(catalog.resources()), |one| &one.aliases),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.areas.is_empty()
            && self.topics.is_empty()
            && self.steps.is_empty()
            && self.roles.is_empty()
            && self.resources.is_empty()
    }

    pub(super) fn area(&self, name: &str) -> Option<AreaId> {
        find(&self.areas, name)
    }

    pub(super) fn topic(&self, name: &str) -> Option<TopicId> {
        find(&self.topics, name)
    }

    pub(super) fn role(&self, name: &str) -> Option<RoleId> {
        find(&self.roles, name)
    }

    pub(super) fn resource(&self, name: &str) -> Option<ResourceId> {
        find(&self.resources, name)
    }

    pub(super) fn step(&self, topic: &str, level: Proficiency) -> Option<StepId> {
        let found = self.steps.binary_search_by(|((own, at), _)| (&**own, *at).cmp(&(topic, level)));
        found.ok().map(|place| self.steps[place].1)
    }
}

fn sorted<'a, I: Id + Ord, T: 'a>(
    things: impl Iterator<Item = (I, &'a T)>,
    aliases: impl Fn(&'a T) -> &'a [Box<str>],
) -> Vec<(Box<str>, I)> {
    let all = things.flat_map(|(id, thing)| aliases(thing).iter().map(move |name| (name.clone(), id)));
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all
}

fn find<I: Id>(aliases: &[(Box<str>, I)], name: &str) -> Option<I> {
    let found = aliases.binary_search_by(|(alias, _)| (**alias).cmp(name));
    found.ok().map(|place| aliases[place].1)
}

impl Draft {
    /// Whatever refers to something by a former name does so by its current one from then on. Where a name is taken twice, which is a
    /// fault, a slug comes before an alias.
    pub fn resolve_aliases(&mut self) {
        let current = Current::of(self);
        if current.is_empty() {
            return;
        }
        for topic in &mut self.topics {
            current.rename(Kind::Area, &mut topic.area);
            for level in &mut topic.levels {
                let entries = level.requires.iter_mut().chain(&mut level.recommends);
                entries.flat_map(|entry| &mut entry.any_of).for_each(|step| current.rename_step(step));
            }
        }
        for role in &mut self.roles {
            role.after.iter_mut().for_each(|after| current.rename(Kind::Role, after));
            let steps = role.requires.iter_mut().flat_map(|entry| &mut entry.any_of);
            steps.for_each(|step| current.rename_step(step));
        }
        for resource in &mut self.resources {
            resource.made_for.iter_mut().for_each(|topic| current.rename(Kind::Topic, topic));
            resource.covers.iter_mut().for_each(|cover| current.rename_step(&mut cover.step));
        }
    }
}

/// The current names of former ones, as far as a draft refers to things by them.
#[derive(Default)]
struct Current {
    names: HashMap<(Kind, String), String>,
    steps: HashMap<String, String>,
}

impl Current {
    fn of(draft: &Draft) -> Self {
        let mut current = Self::default();
        for area in &draft.areas {
            current.note(Kind::Area, &area.slug, &area.aliases);
        }
        for topic in &draft.topics {
            current.note(Kind::Topic, &topic.slug, &topic.aliases);
            for level in &topic.levels {
                let name = format!("{}@{}", topic.slug.value, level.level.value);
                for alias in &level.aliases {
                    current.steps.entry(alias.value.clone()).or_insert_with(|| name.clone());
                }
            }
        }
        for role in &draft.roles {
            current.note(Kind::Role, &role.slug, &role.aliases);
        }
        if !current.is_empty() {
            current.leave_slugs(draft);
        }
        current
    }

    fn note(&mut self, kind: Kind, slug: &At<String>, aliases: &[At<String>]) {
        for alias in aliases {
            self.names.entry((kind, alias.value.clone())).or_insert_with(|| slug.value.clone());
        }
    }

    /// What has a name now is not what had it before.
    fn leave_slugs(&mut self, draft: &Draft) {
        let areas = draft.areas.iter().map(|area| (Kind::Area, &area.slug));
        let topics = draft.topics.iter().map(|topic| (Kind::Topic, &topic.slug));
        let roles = draft.roles.iter().map(|role| (Kind::Role, &role.slug));
        for (kind, slug) in areas.chain(topics).chain(roles) {
            self.names.remove(&(kind, slug.value.clone()));
        }
        for topic in &draft.topics {
            for level in &topic.levels {
                self.steps.remove(&format!("{}@{}", topic.slug.value, level.level.value));
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.steps.is_empty()
    }

    fn rename(&self, kind: Kind, name: &mut At<String>) {
        if let Some(current) = self.names.get(&(kind, name.value.clone())) {
            name.value.clone_from(current);
        }
    }

    /// A step that was listed itself comes before one whose topic was.
    fn rename_step(&self, step: &mut At<String>) {
        if let Some(current) = self.steps.get(&step.value) {
            step.value.clone_from(current);
        } else if let Some((topic, level)) = step.value.split_once('@')
            && let Some(current) = self.names.get(&(Kind::Topic, topic.to_owned()))
        {
            step.value = format!("{current}@{level}");
        }
    }
}
