//! All the ways in which a draft can be wrong, found in one go.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::{Fault, Kind, Problem};
use crate::draft::{At, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft};
use crate::graph;
use crate::units::{Hours, Price, Proficiency};

/// Ok where a catalogue can be built of the draft.
pub(super) fn check(draft: &Draft) -> Result<(), Vec<Problem>> {
    let mut checker = Checker::new(draft);
    checker.areas();
    checker.topics();
    checker.roles();
    checker.resources();
    checker.ladder();
    checker.cycles();
    checker.problems.sort_by_key(|problem| problem.origin);
    if checker.problems.is_empty() { Ok(()) } else { Err(checker.problems) }
}

/// The topic and the level that a step's text names, where it has the form `topic@LEVEL`.
pub(super) fn parse_step(text: &str) -> Result<(&str, Proficiency), Fault> {
    let (topic, level) = text.split_once('@').ok_or_else(|| Fault::MalformedStep(text.to_owned()))?;
    if !is_slug(topic) {
        return Err(Fault::MalformedStep(text.to_owned()));
    }
    level.parse().map(|level| (topic, level)).map_err(|_| Fault::UnknownLevel(text.to_owned()))
}

struct Checker<'a> {
    draft: &'a Draft,
    topics: HashMap<&'a str, &'a TopicDraft>,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn new(draft: &'a Draft) -> Self {
        let topics = draft.topics.iter().rev().map(|topic| (topic.slug.value.as_str(), topic)).collect();
        Self { draft, topics, problems: Vec::new() }
    }

    fn report(&mut self, origin: Origin, fault: Fault) {
        self.problems.push(Problem { origin, fault });
    }

    fn areas(&mut self) {
        self.names(Kind::Area, self.draft.areas.iter().map(|area| (&area.slug, &*area.aliases)));
    }

    fn topics(&mut self) {
        let draft = self.draft;
        self.names(Kind::Topic, draft.topics.iter().map(|topic| (&topic.slug, &*topic.aliases)));
        self.step_aliases();
        let areas: HashSet<_> = draft.areas.iter().map(|area| area.slug.value.as_str()).collect();
        for topic in &draft.topics {
            if !areas.contains(topic.area.value.as_str()) {
                self.report(topic.area.origin, Fault::Unknown(Kind::Area, topic.area.value.clone()));
            }
            if !(0..=100).contains(&topic.popularity.value) {
                let fault = Fault::PopularityOutOfRange(topic.popularity.value);
                self.report(topic.popularity.origin, fault);
            }
            for link in topic.links.iter().filter(|link| !is_web_address(&link.value)) {
                self.report(link.origin, Fault::BadUrl(link.value.clone()));
            }
            if topic.levels.is_empty() {
                self.report(topic.slug.origin, Fault::NoLevels);
            }
            for (i, level) in topic.levels.iter().enumerate() {
                if topic.levels[..i].iter().any(|other| other.level.value == level.level.value) {
                    self.report(level.level.origin, Fault::DuplicateLevel(level.level.value));
                }
                self.level(level);
            }
        }
    }

    fn level(&mut self, level: &LevelDraft) {
        self.hours(&level.hours);
        for entry in level.requires.iter().chain(&level.recommends) {
            self.entry(entry);
        }
    }

    fn roles(&mut self) {
        let draft = self.draft;
        self.names(Kind::Role, draft.roles.iter().map(|role| (&role.slug, &*role.aliases)));
        for entry in draft.roles.iter().flat_map(|role| &role.requires) {
            self.entry(entry);
        }
    }

    fn resources(&mut self) {
        let draft = self.draft;
        let names = draft.resources.iter().map(|resource| (&resource.slug, &*resource.aliases));
        self.names(Kind::Resource, names);
        for resource in &draft.resources {
            self.resource(resource);
        }
    }

    fn resource(&mut self, resource: &'a ResourceDraft) {
        if !is_web_address(&resource.url.value) {
            self.report(resource.url.origin, Fault::BadUrl(resource.url.value.clone()));
        }
        if Price::from_dollars(resource.price.value).is_none() {
            self.report(resource.price.origin, Fault::PriceOutOfRange(resource.price.value));
        }
        if !(1..=5).contains(&resource.quality.value) {
            self.report(resource.quality.origin, Fault::QualityOutOfRange(resource.quality.value));
        }
        for topic in &resource.made_for {
            if !self.topics.contains_key(topic.value.as_str()) {
                self.report(topic.origin, Fault::Unknown(Kind::Topic, topic.value.clone()));
            }
        }
        let mut covered = HashSet::new();
        for cover in &resource.covers {
            self.step(&cover.step);
            self.hours(&cover.hours);
            if !(1..=5).contains(&cover.fit.value) {
                self.report(cover.fit.origin, Fault::FitOutOfRange(cover.fit.value));
            }
            if !covered.insert(cover.step.value.as_str()) {
                self.report(cover.step.origin, Fault::DuplicateCoverage(cover.step.value.clone()));
            }
        }
    }

    /// The slugs of a kind and, when all of them are known, the aliases.
    fn names(&mut self, kind: Kind, names: impl Iterator<Item = (&'a At<String>, &'a [At<String>])> + Clone) {
        let mut seen = HashMap::new();
        for (slug, _) in names.clone() {
            if !is_slug(&slug.value) {
                self.report(slug.origin, Fault::MalformedSlug(kind, slug.value.clone()));
            } else if let Some(first) = taken(&mut seen, slug.value.as_str(), slug.origin) {
                self.report(slug.origin, Fault::DuplicateSlug(kind, slug.value.clone(), first));
            }
        }
        for alias in names.flat_map(|(_, aliases)| aliases) {
            if !is_slug(&alias.value) {
                self.report(alias.origin, Fault::MalformedSlug(kind, alias.value.clone()));
            } else if let Some(first) = taken(&mut seen, alias.value.as_str(), alias.origin) {
                self.report(alias.origin, Fault::TakenAlias(kind, alias.value.clone(), first));
            }
        }
    }

    /// The steps that levels have taken the place of: none that is there, and none twice.
    fn step_aliases(&mut self) {
        let draft = self.draft;
        let levels =
            || draft.topics.iter().flat_map(|topic| topic.levels.iter().map(move |level| (topic, level)));
        if levels().all(|(_, level)| level.aliases.is_empty()) {
            return;
        }
        let mut seen = HashMap::new();
        for (topic, level) in levels() {
            seen.entry((topic.slug.value.as_str(), level.level.value)).or_insert(level.level.origin);
        }
        for alias in levels().flat_map(|(_, level)| &level.aliases) {
            match parse_step(&alias.value) {
                Err(fault) => self.report(alias.origin, fault),
                Ok(step) => {
                    if let Some(first) = taken(&mut seen, step, alias.origin) {
                        self.report(alias.origin, Fault::TakenStep(alias.value.clone(), first));
                    }
                }
            }
        }
    }

    fn entry(&mut self, entry: &EntryDraft) {
        if entry.any_of.is_empty() {
            self.report(entry.origin, Fault::EmptyAny);
        }
        if !(1..=3).contains(&entry.weight.value) {
            self.report(entry.weight.origin, Fault::WeightOutOfRange(entry.weight.value));
        }
        for step in &entry.any_of {
            self.step(step);
        }
    }

    fn step(&mut self, step: &At<String>) {
        if let Err(fault) = self.resolve(&step.value) {
            self.report(step.origin, fault);
        }
    }

    fn resolve(&self, text: &'a str) -> Result<(&'a str, Proficiency), Fault> {
        let (slug, level) = parse_step(text)?;
        let topic = self.topics.get(slug).ok_or_else(|| Fault::Unknown(Kind::Topic, slug.to_owned()))?;
        let mut defined: Vec<_> = topic.levels.iter().map(|defined| defined.level.value).collect();
        if defined.contains(&level) {
            return Ok((slug, level));
        }
        defined.sort_unstable();
        Err(Fault::UndefinedLevel(slug.to_owned(), level, defined))
    }

    fn hours(&mut self, hours: &At<f64>) {
        if Hours::positive(hours.value).is_none() {
            self.report(hours.origin, Fault::HoursOutOfRange(hours.value));
        }
    }

    /// One root, and no loop: from each role the way down ends at the first.
    fn ladder(&mut self) {
        let roles = &self.draft.roles;
        let number: HashMap<&str, u32> =
            (0..).zip(roles).map(|(i, role)| (role.slug.value.as_str(), i)).collect();
        let mut root: Option<&RoleDraft> = None;
        let mut below = vec![Vec::new(); roles.len()];
        for (i, role) in roles.iter().enumerate() {
            match (&role.after, root) {
                (Some(after), _) => match number.get(after.value.as_str()) {
                    Some(&lower) => below[i].push(lower),
                    None => self.report(after.origin, Fault::Unknown(Kind::Role, after.value.clone())),
                },
                (None, None) => root = Some(role),
                (None, Some(first)) => self.report(
                    role.slug.origin,
                    Fault::SecondRoot(role.slug.value.clone(), first.slug.value.clone()),
                ),
            }
        }
        for cycle in graph::cycles(&below) {
            let path = cycle.iter().map(|&i| roles[i].slug.value.clone()).collect();
            self.report(roles[cycle[0]].slug.origin, Fault::LadderLoop(path));
        }
    }

    /// Every alternative of every requirement is an edge, and so is the way down to the next lower level.
    fn cycles(&mut self) {
        let mut number = HashMap::new();
        let mut steps = Vec::new();
        for topic in &self.draft.topics {
            for level in &topic.levels {
                number.entry((topic.slug.value.as_str(), level.level.value)).or_insert_with(|| {
                    steps.push((topic, level));
                    steps.len() - 1
                });
            }
        }
        let edges: Vec<Vec<u32>> = steps
            .iter()
            .map(|(topic, level)| {
                let lower =
                    topic.levels.iter().map(|l| l.level.value).filter(|l| *l < level.level.value).max();
                let required = level.requires.iter().flat_map(|entry| &entry.any_of);
                let named = required.filter_map(|step| parse_step(&step.value).ok());
                lower
                    .map(|lower| (topic.slug.value.as_str(), lower))
                    .into_iter()
                    .chain(named)
                    .filter_map(|step| number.get(&step).and_then(|&i| u32::try_from(i).ok()))
                    .collect()
            })
            .collect();
        for cycle in graph::cycles(&edges) {
            let path = cycle
                .iter()
                .map(|&i| format!("{}@{}", steps[i].0.slug.value, steps[i].1.level.value))
                .collect();
            self.report(steps[cycle[0]].1.level.origin, Fault::PrerequisiteCycle(path));
        }
    }
}

/// Takes a name; where it was taken already, answers where.
fn taken<K: Eq + Hash>(names: &mut HashMap<K, Origin>, name: K, origin: Origin) -> Option<Origin> {
    match names.entry(name) {
        Entry::Occupied(first) => Some(*first.get()),
        Entry::Vacant(free) => {
            free.insert(origin);
            None
        }
    }
}

/// The most characters of a slug.
pub const LONGEST_SLUG: usize = 100;

/// Whether a text may be a slug: lower case letters, digits and single hyphens between them, 100
/// characters at most.
pub fn is_slug(text: &str) -> bool {
    text.len() <= LONGEST_SLUG
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty()
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
    })
}
