//! What is different between two catalogues, thing by thing, for people who look at what others have changed.

mod fields;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use waymark_planner::Catalog;
use waymark_planner::catalog::Kind;
use waymark_planner::draft::{At, Draft};
use waymark_planner::units::Proficiency;

use self::fields::{Field, Fields};
use super::edit::{Rename, Slugged};

/// A kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum What {
    Area,
    Topic,
    Step,
    Role,
    Resource,
}

/// What has become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Change {
    Added,
    Removed,
    Changed,
    /// It has another slug, and perhaps more is different.
    Renamed,
}

impl What {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Area => "AREA",
            Self::Topic => "TOPIC",
            Self::Step => "STEP",
            Self::Role => "ROLE",
            Self::Resource => "RESOURCE",
        }
    }
}

impl Change {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "ADDED",
            Self::Removed => "REMOVED",
            Self::Changed => "CHANGED",
            Self::Renamed => "RENAMED",
        }
    }
}

/// Something that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is.
    pub what: What,
    /// What has become of it.
    pub change: Change,
    /// Its slug, of a step that of its topic: the one now, or the last one of what is gone.
    pub slug: String,
    /// Of a step.
    pub level: Option<Proficiency>,
    /// Its title, of a step that of its topic.
    pub title: String,
    /// The slug before, where it is another one.
    pub former: Option<String>,
    /// What is different about it; nothing where it is new or gone, but what a role that is gone asked for: that is nowhere else.
    pub fields: Vec<FieldChange>,
}

/// A field of something that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its name in the file format.
    pub name: &'static str,
    /// The value before, where there was one.
    pub before: Option<String>,
    /// The value now, where there is one.
    pub after: Option<String>,
}

/// All that is different: areas, topics, steps, roles and resources, each kind in the order of its slugs.
pub fn diff(before: &Catalog, after: &Catalog) -> Vec<Difference> {
    let (mut before, after) = (Draft::from(before), Draft::from(after));
    let former = renamed(&mut before, &after);
    let (before, after) = (listed(before), listed(after));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    keys.into_iter().filter_map(|key| difference(key, before.get(key), after.get(key), &former)).collect()
}

/// What tells a thing from all others.
type Key = (What, String, Option<Proficiency>);

/// What is compared of a thing.
struct Thing {
    title: String,
    fields: Fields,
}

/// All things of a draft.
fn listed(draft: Draft) -> BTreeMap<Key, Thing> {
    let mut all = BTreeMap::new();
    for area in draft.areas {
        let fields = fields::area(&area);
        all.insert((What::Area, area.slug.value, None), Thing { title: area.title, fields });
    }
    for topic in draft.topics {
        for level in &topic.levels {
            let key = (What::Step, topic.slug.value.clone(), Some(level.level.value));
            all.insert(key, Thing { title: topic.title.clone(), fields: fields::level(level) });
        }
        let fields = fields::topic(&topic);
        all.insert((What::Topic, topic.slug.value, None), Thing { title: topic.title, fields });
    }
    for role in draft.roles {
        let fields = fields::role(&role);
        all.insert((What::Role, role.slug.value, None), Thing { title: role.title, fields });
    }
    for resource in draft.resources {
        let fields = fields::resource(&resource);
        all.insert((What::Resource, resource.slug.value, None), Thing { title: resource.title, fields });
    }
    all
}

/// What has become of a thing; `None` where it is as it was.
fn difference(
    key: &Key,
    before: Option<&Thing>,
    after: Option<&Thing>,
    former: &HashMap<(What, String), String>,
) -> Option<Difference> {
    let (what, slug, level) = key.clone();
    let former = former.get(&(what, slug.clone())).cloned();
    let mut fields = match (before, after) {
        (Some(before), Some(after)) => differing(&before.fields, &after.fields),
        (Some(before), None) if what == What::Role => lost(&before.fields),
        _ => Vec::new(),
    };
    if former.is_some() {
        // That it is known by the other slug goes without saying.
        fields.retain(|field| field.name != "aliases");
    }
    let change = match (before, after) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ if former.is_some() => Change::Renamed,
        _ if fields.is_empty() => return None,
        _ => Change::Changed,
    };
    let title = after.or(before)?.title.clone();
    Some(Difference { what, change, slug, level, title, former, fields })
}

/// What a role asked for goes with it, and not over to what takes its place.
fn lost(fields: &Fields) -> Vec<FieldChange> {
    let asked = fields.iter().filter(|(name, before)| *name == "requires" && before.is_some());
    asked.map(|(name, before)| FieldChange { name, before: before.clone(), after: None }).collect()
}

/// The fields that differ of two lists of the same fields.
fn differing(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let pairs = before.iter().zip(after).filter(|(before, after)| before != after);
    let change = |((name, before), (_, after)): (&Field, &Field)| FieldChange {
        name,
        before: before.clone(),
        after: after.clone(),
    };
    pairs.map(change).collect()
}

/// Gives what has another slug by now that slug in the older draft too, so that nothing else looks different for it. Answers the slugs that they
/// had, by those that they have.
fn renamed(before: &mut Draft, after: &Draft) -> HashMap<(What, String), String> {
    let pairs = [
        (What::Area, Kind::Area, former(&before.areas, &after.areas)),
        (What::Topic, Kind::Topic, former(&before.topics, &after.topics)),
        (What::Role, Kind::Role, former(&before.roles, &after.roles)),
        (What::Resource, Kind::Resource, former(&before.resources, &after.resources)),
    ];
    let mut all = HashMap::new();
    for (what, kind, pairs) in pairs {
        for (old, new) in pairs {
            let rename = Rename { slug: old.clone().into(), to: new.clone().into() };
            if rename.make(before, kind).is_ok() {
                all.insert((what, new), old);
            }
        }
    }
    all
}

/// What has another slug by now: the old one and the new one. What stands in for something else and was there before is itself.
fn former<T: Slugged>(before: &[T], after: &[T]) -> Vec<(String, String)> {
    let slugs = |list: &[T]| list.iter().map(|item| item.slug().value.clone()).collect::<BTreeSet<_>>();
    let (old, new) = (slugs(before), slugs(after));
    let gone = || before.iter().filter(|item| !new.contains(&item.slug().value));
    // The other way round it goes back to a slug that it had.
    let back: HashMap<&str, &str> = gone()
        .flat_map(|item| item.aliases().iter().map(|alias| (&*alias.value, &*item.slug().value)))
        .collect();
    let is_former = |alias: &&At<String>| old.contains(&alias.value) && !new.contains(&alias.value);
    let pair = |item: &T| {
        let last = item.aliases().iter().rev().find(is_former).map(|alias| &*alias.value);
        let last = last.or_else(|| back.get(&*item.slug().value).copied())?;
        Some((last.to_owned(), item.slug().value.clone()))
    };
    after.iter().filter(|item| !old.contains(&item.slug().value)).filter_map(pair).collect()
}
