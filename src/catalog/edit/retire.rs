//! The end of something. With a replacement all that refers to it refers to that from now on, and its names are names of that; without one, whoever
//! still refers to it stands in the way.

use waymark_planner::catalog::Kind;
use waymark_planner::draft::{At, Draft, LevelDraft, Origin, TopicDraft};
use waymark_planner::units::Proficiency;

use super::find::{self, Slugged, parts};
use super::mistake::{Mistake, Wrong};
use super::{Edit, references};

/// What is to go, and what takes its place.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Retire {
    pub slug: At<String>,
    pub replacement: Option<At<String>>,
}

/// What an edit is about to take away, by its current name.
pub(super) struct Retired {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// Where the edit names it.
    pub(super) origin: Origin,
}

impl Retired {
    /// `None` where the edit retires nothing.
    pub(super) fn by(edit: &Edit, draft: &Draft) -> Option<Self> {
        let (kind, slug, name) = match edit {
            Edit::Retire(Kind::Area, Retire { slug, .. }) => (Kind::Area, slug, current(&draft.areas, slug)),
            Edit::Retire(Kind::Topic, Retire { slug, .. }) => {
                (Kind::Topic, slug, current(&draft.topics, slug))
            }
            Edit::Retire(Kind::Role, Retire { slug, .. }) => (Kind::Role, slug, current(&draft.roles, slug)),
            Edit::Retire(Kind::Resource, Retire { slug, .. }) => {
                (Kind::Resource, slug, current(&draft.resources, slug))
            }
            Edit::RetireStep(Retire { slug, .. }) => (Kind::Topic, slug, find::step_name(draft, slug)),
            _ => return None,
        };
        Some(Self { kind, name: name?, origin: slug.origin })
    }
}

/// What goes by a slug now.
fn current<T: Slugged>(list: &[T], slug: &At<String>) -> Option<String> {
    let found = list.iter().find(|item| item.is_called(&slug.value));
    found.map(|item| item.slug().value.clone())
}

impl Retire {
    pub(super) fn make(&self, draft: &mut Draft, kind: Kind) -> Result<(), Mistake> {
        match kind {
            Kind::Area => self.area(draft),
            Kind::Topic => self.topic(draft),
            Kind::Role => self.role(draft),
            Kind::Resource => self.taken(&mut draft.resources).map(|_| ()),
        }
    }

    /// Takes something out of its list; where it has a replacement, its names go over. Answers what was taken, and its replacement's slug.
    fn taken<T: Slugged>(&self, list: &mut Vec<T>) -> Result<(T, Option<String>), Mistake> {
        let position = find::position(list, &self.slug)?;
        let replacement = self.replacement.as_ref().map(|slug| find::position(list, slug)).transpose()?;
        if replacement == Some(position) {
            return Err(self.by_itself());
        }
        let names = names(&list[position], self.slug.origin);
        let successor = replacement.map(|replacement| {
            list[replacement].aliases_mut().extend(names);
            list[replacement].slug().value.clone()
        });
        Ok((list.remove(position), successor))
    }

    fn by_itself(&self) -> Mistake {
        let at = self.replacement.as_ref().unwrap_or(&self.slug);
        let message = format!("\"{}\" can't take its own place: name another replacement.", at.value);
        Mistake::new(at.origin, Wrong::Invalid, message)
    }

    fn area(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let (area, replacement) = self.taken(&mut draft.areas)?;
        let Some(replacement) = replacement else { return Ok(()) };
        for topic in draft.topics.iter_mut().filter(|topic| area.is_called(&topic.area.value)) {
            topic.area.value.clone_from(&replacement);
        }
        Ok(())
    }

    fn role(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let (role, replacement) = self.taken(&mut draft.roles)?;
        let Some(replacement) = replacement else { return Ok(()) };
        for other in &mut draft.roles {
            if !other.after.as_ref().is_some_and(|after| role.is_called(&after.value)) {
                continue;
            }
            if other.slug.value == replacement {
                // It takes the place on the ladder too.
                other.after.clone_from(&role.after);
            } else if let Some(after) = &mut other.after {
                after.value.clone_from(&replacement);
            }
        }
        Ok(())
    }

    fn topic(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let (topic, replacement) = self.taken(&mut draft.topics)?;
        let Some(successor) = replacement
            .and_then(|slug| draft.topics.iter_mut().find(|successor| successor.slug.value == slug))
        else {
            return Ok(());
        };
        for level in &topic.levels {
            // Names of further steps that it stood in for go to no higher level: whoever holds one does not come to know more by it.
            let heir = successor.levels.iter_mut().filter(|other| other.level.value <= level.level.value);
            if let Some(heir) = heir.max_by_key(|other| other.level.value) {
                heir.aliases.extend(level.aliases.iter().cloned());
            }
        }
        let (slug, levels) = (successor.slug.value.clone(), successor.levels.clone());
        references::follow_topic(draft, |slug| topic.is_called(slug), &slug);
        references::follow(draft, &|step| {
            let (_, level) = parts(step).filter(|(slug, _)| topic.is_called(slug))?;
            stand_in(&levels, level).map(|found| format!("{slug}@{}", levels[found].level.value))
        });
        Ok(())
    }

    /// As [`Retire::make`], of a level of a topic.
    pub(super) fn make_step(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let (topic, level) = find::level_position(draft, &self.slug)?;
        let replacement =
            self.replacement.as_ref().map(|step| find::level_position(draft, step)).transpose()?;
        if replacement == Some((topic, level)) {
            return Err(self.by_itself());
        }
        if draft.topics[topic].levels.len() == 1 {
            let slug = &draft.topics[topic].slug.value;
            let message = format!("It is the only level of the topic \"{slug}\": retire the topic.");
            return Err(Mistake::new(self.slug.origin, Wrong::Invalid, message));
        }
        let names = step_names(&draft.topics[topic], level, self.slug.origin);
        if let Some((in_topic, at)) = replacement {
            let stand_in = &draft.topics[in_topic];
            let successor = format!("{}@{}", stand_in.slug.value, stand_in.levels[at].level.value);
            let further = draft.topics[topic].levels[level].aliases.clone();
            let aliases = &mut draft.topics[in_topic].levels[at].aliases;
            aliases.extend(names.iter().cloned().chain(further));
            draft.topics[topic].levels.remove(level);
            references::follow(draft, &|step| {
                names.iter().any(|name| name.value == step).then(|| successor.clone())
            });
        } else {
            draft.topics[topic].levels.remove(level);
        }
        Ok(())
    }
}

/// All names of something, the current one first.
fn names<T: Slugged>(item: &T, origin: Origin) -> Vec<At<String>> {
    let slug = At::new(item.slug().value.clone(), origin);
    std::iter::once(slug).chain(item.aliases().iter().cloned()).collect()
}

/// A step by all names of its topic.
fn step_names(topic: &TopicDraft, level: usize, origin: Origin) -> Vec<At<String>> {
    let level = topic.levels[level].level.value;
    let names = names(topic, origin).into_iter();
    names.map(|slug| At::new(format!("{}@{level}", slug.value), origin)).collect()
}

/// The level that stands in for one of a replaced topic: the lowest that is at least as high, else the highest.
fn stand_in(levels: &[LevelDraft], level: Proficiency) -> Option<usize> {
    let at = |i: &usize| levels[*i].level.value;
    let as_high = (0..levels.len()).filter(|i| at(i) >= level).min_by_key(at);
    as_high.or_else(|| (0..levels.len()).max_by_key(at))
}
