//! From a draft without faults to the arenas, in the canonical order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::alias::Aliases;
use super::check::parse_step;
use super::{Area, Catalog, Coverage, Entry, Resource, Role, Span, Step, Topic};
use crate::draft::{At, Draft, EntryDraft, LevelDraft, ResourceDraft, RoleDraft, TopicDraft};
use crate::ids::{Arena, Id, ResourceId, RoleId, StepId, TopicId};
use crate::units::{Hours, Price, Proficiency};

/// Builds the catalogue of a draft that [`super::check::check`] found no fault in.
pub(super) fn build(mut draft: Draft) -> Catalog {
    draft.areas.sort_by(|a, b| a.slug.value.cmp(&b.slug.value));
    draft.topics.sort_by(|a, b| a.slug.value.cmp(&b.slug.value));
    draft.resources.sort_by(|a, b| a.slug.value.cmp(&b.slug.value));
    for topic in &mut draft.topics {
        topic.levels.sort_by_key(|level| level.level.value);
    }
    let roles = ladder_order(std::mem::take(&mut draft.roles));

    let mut catalog = Catalog::default();
    for area in draft.areas {
        catalog.areas.push(Area {
            slug: area.slug.value.into(),
            aliases: sorted(area.aliases),
            title: area.title.into(),
            summary: area.summary.map(Into::into),
            topics: Vec::new(),
        });
    }
    let mut requirements = Vec::new();
    for topic in draft.topics {
        push_topic(&mut catalog, topic, &mut requirements);
    }
    // Requirements name steps of any topic: resolved when all are there.
    for (i, (requires, recommends)) in requirements.into_iter().enumerate() {
        let step = StepId::at(i);
        let lower = catalog.steps[step].lower;
        catalog.steps[step].requires = push_entries(&mut catalog, lower, requires);
        catalog.steps[step].recommends = push_entries(&mut catalog, None, recommends);
    }
    push_roles(&mut catalog, roles);
    for resource in draft.resources {
        push_resource(&mut catalog, resource);
    }
    index_unlocks(&mut catalog);
    index_teachers(&mut catalog);
    catalog.aliases = Aliases::of(&catalog);
    catalog
}

/// Depth first from the root, branches by slug.
fn ladder_order(roles: Vec<RoleDraft>) -> Vec<RoleDraft> {
    let mut children: HashMap<Option<String>, Vec<RoleDraft>> = HashMap::new();
    for role in roles {
        children.entry(role.after.as_ref().map(|after| after.value.clone())).or_default().push(role);
    }
    for siblings in children.values_mut() {
        siblings.sort_by(|a, b| b.slug.value.cmp(&a.slug.value));
    }
    let mut ordered = Vec::new();
    let mut stack = children.remove(&None).unwrap_or_default();
    while let Some(role) = stack.pop() {
        stack.extend(children.remove(&Some(role.slug.value.clone())).unwrap_or_default());
        ordered.push(role);
    }
    ordered
}

fn push_topic(
    catalog: &mut Catalog,
    topic: TopicDraft,
    requirements: &mut Vec<(Vec<EntryDraft>, Vec<EntryDraft>)>,
) {
    let Some(area) = catalog.area(&topic.area.value) else { return };
    let id = TopicId::at(catalog.topics.len());
    let first_step = StepId::at(catalog.steps.len());
    let step_count = u8::try_from(topic.levels.len()).unwrap_or(u8::MAX);
    let mut lower = None;
    for LevelDraft { level, aliases, hours, outcome, practice, requires, recommends } in topic.levels {
        lower = Some(catalog.steps.push(Step {
            topic: id,
            level: level.value,
            hours: Hours::positive(hours.value).unwrap_or_default(),
            outcome: outcome.into(),
            practice: practice.map(Into::into),
            aliases: sorted(aliases),
            lower,
            requires: Span::default(),
            recommends: Span::default(),
        }));
        requirements.push((requires, recommends));
    }
    catalog.topics.push(Topic {
        slug: topic.slug.value.into(),
        aliases: sorted(topic.aliases),
        title: topic.title.into(),
        names: unique(topic.names),
        area,
        summary: topic.summary.into(),
        elective: topic.elective.map(Into::into),
        popularity: u8::try_from(topic.popularity.value).unwrap_or_default(),
        links: unique(topic.links.into_iter().map(|link| link.value)),
        first_step,
        step_count,
    });
    catalog.areas[area].topics.push(id);
}

/// Each role comes after the one below it.
fn push_roles(catalog: &mut Catalog, roles: Vec<RoleDraft>) {
    let mut by_slug: BTreeMap<String, RoleId> = BTreeMap::new();
    for role in roles {
        let after = role.after.and_then(|after| by_slug.get(&after.value).copied());
        let requires = push_entries(catalog, None, role.requires);
        let id = catalog.roles.push(Role {
            slug: role.slug.value.as_str().into(),
            aliases: sorted(role.aliases),
            title: role.title.into(),
            summary: role.summary.into(),
            after,
            requires,
        });
        by_slug.insert(role.slug.value, id);
    }
    catalog.roles_by_slug = by_slug.into_values().collect();
}

fn push_resource(catalog: &mut Catalog, resource: ResourceDraft) {
    let id = ResourceId::at(catalog.resources.len());
    let mut covers: Vec<_> = resource
        .covers
        .into_iter()
        .filter_map(|cover| {
            Some(Coverage {
                resource: id,
                step: find_step(catalog, &cover.step.value)?,
                hours: Hours::positive(cover.hours.value)?,
                fit: u8::try_from(cover.fit.value).unwrap_or(1),
                section: cover.section.map(Into::into),
            })
        })
        .collect();
    covers.sort_by_key(|cover| cover.step);
    let mut made_for: Vec<_> =
        resource.made_for.iter().filter_map(|topic| catalog.topic(&topic.value)).collect();
    made_for.sort_unstable();
    made_for.dedup();
    let span = span(catalog.coverages.len(), covers.len());
    for cover in covers {
        catalog.coverages.push(cover);
    }
    catalog.resources.push(Resource {
        slug: resource.slug.value.into(),
        aliases: sorted(resource.aliases),
        title: resource.title.into(),
        kind: resource.kind,
        url: resource.url.value.into(),
        identifiers: resource.identifiers,
        attested: resource.attested,
        authors: resource.authors.into_iter().map(Into::into).collect(),
        provider: resource.provider.map(Into::into),
        year: resource.year,
        language: resource.language.into(),
        price: Price::from_dollars(resource.price.value).unwrap_or_default(),
        quality: u8::try_from(resource.quality.value).unwrap_or(1),
        made_for,
        covers: span,
    });
}

/// Appends requirements in canonical order: the lower level first, then by their steps. Of a step's equal ones one is kept.
fn push_entries(catalog: &mut Catalog, lower: Option<StepId>, entries: Vec<EntryDraft>) -> Span {
    let of_a_step = lower.map(|lower| (vec![lower], 1, None));
    let mut resolved: Vec<(Vec<StepId>, u8, Option<Box<str>>)> = entries
        .into_iter()
        .map(|entry| {
            let mut any_of: Vec<_> =
                entry.any_of.iter().filter_map(|step| find_step(catalog, &step.value)).collect();
            any_of.sort_unstable();
            any_of.dedup();
            (any_of, u8::try_from(entry.weight.value).unwrap_or(1), entry.reason.map(Into::into))
        })
        .filter(|entry| Some(entry) != of_a_step.as_ref())
        .collect();
    resolved.sort();
    let all = of_a_step.into_iter().chain(resolved);
    let start = catalog.entries.len();
    for (any_of, weight, reason) in all {
        let any_of_span = span(catalog.alternatives.len(), any_of.len());
        catalog.alternatives.extend(any_of);
        catalog.entries.push(Entry { any_of: any_of_span, weight, reason });
    }
    span(start, catalog.entries.len() - start)
}

fn find_step(catalog: &Catalog, text: &str) -> Option<StepId> {
    let (topic, level): (&str, Proficiency) = parse_step(text).ok()?;
    catalog.step(catalog.topic(topic)?, level)
}

fn sorted(aliases: Vec<At<String>>) -> Vec<Box<str>> {
    let mut aliases: Vec<Box<str>> = aliases.into_iter().map(|alias| alias.value.into()).collect();
    aliases.sort_unstable();
    aliases
}

/// In alphabetical order, each once.
fn unique(texts: impl IntoIterator<Item = String>) -> Vec<Box<str>> {
    let mut texts: Vec<Box<str>> = texts.into_iter().map(Into::into).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn span(start: usize, len: usize) -> Span {
    Span { start: u32::try_from(start).unwrap_or(u32::MAX), len: u32::try_from(len).unwrap_or(u32::MAX) }
}

fn index_unlocks(catalog: &mut Catalog) {
    let mut edges: Vec<(StepId, StepId)> = Vec::with_capacity(catalog.alternatives.len());
    for step in catalog.steps.ids() {
        for entry in catalog.requires(step) {
            edges.extend(catalog.any_of(entry).iter().map(|&before| (before, step)));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    (catalog.unlocks_start, catalog.unlocked) = runs(&catalog.steps, edges);
}

fn index_teachers(catalog: &mut Catalog) {
    let mut taught: Vec<_> = catalog.coverages.ids().map(|id| (catalog.coverages[id].step, id)).collect();
    taught.sort_by_key(|&(step, id)| {
        let Coverage { resource, hours, fit, .. } = catalog.coverages[id];
        let Resource { quality, price, .. } = catalog.resources[resource];
        (step, Reverse(quality), Reverse(fit), price, hours, resource)
    });
    (catalog.taught_start, catalog.taught_by) = runs(&catalog.steps, taught);
}

/// Pairs in the order of their steps as one list with the start of each step's run in it.
fn runs<T>(steps: &Arena<StepId, Step>, pairs: Vec<(StepId, T)>) -> (Vec<u32>, Vec<T>) {
    let mut starts = vec![0u32; steps.len() + 1];
    for (step, _) in &pairs {
        starts[step.index() + 1] += 1;
    }
    for i in 0..steps.len() {
        starts[i + 1] += starts[i];
    }
    (starts, pairs.into_iter().map(|(_, item)| item).collect())
}
