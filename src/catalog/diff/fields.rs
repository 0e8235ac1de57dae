//! What is compared of each kind of thing: its fields, by their names in the file format, as one line of text each.

use waymark_planner::draft::{
    AreaDraft, At, CoverDraft, EntryDraft, LevelDraft, ResourceDraft, RoleDraft, TopicDraft, USUAL_FIT,
};
use waymark_planner::source::Attestation;

use crate::dates::to_date;

/// A field's name and value.
pub(super) type Field = (&'static str, Option<String>);

/// The fields of a thing. Those of one kind are the same for all things of it.
pub(super) type Fields = Vec<Field>;

pub(super) fn area(area: &AreaDraft) -> Fields {
    vec![
        ("aliases", aliases(&area.aliases)),
        ("title", Some(area.title.clone())),
        ("summary", area.summary.clone()),
    ]
}

pub(super) fn topic(topic: &TopicDraft) -> Fields {
    vec![
        ("aliases", aliases(&topic.aliases)),
        ("title", Some(topic.title.clone())),
        ("names", sorted(topic.names.iter())),
        ("area", Some(topic.area.value.clone())),
        ("summary", Some(topic.summary.clone())),
        ("elective", topic.elective.clone()),
        ("popularity", Some(topic.popularity.value.to_string())),
        ("links", sorted(topic.links.iter().map(|link| &link.value))),
    ]
}

pub(super) fn level(level: &LevelDraft) -> Fields {
    vec![
        ("aliases", aliases(&level.aliases)),
        ("hours", Some(level.hours.value.to_string())),
        ("outcome", Some(level.outcome.clone())),
        ("practice", level.practice.clone()),
        ("requires", entries(&level.requires)),
        ("recommends", entries(&level.recommends)),
    ]
}

pub(super) fn role(role: &RoleDraft) -> Fields {
    vec![
        ("aliases", aliases(&role.aliases)),
        ("title", Some(role.title.clone())),
        ("summary", Some(role.summary.clone())),
        ("after", role.after.as_ref().map(|after| after.value.clone())),
        ("requires", entries(&role.requires)),
    ]
}

pub(super) fn resource(resource: &ResourceDraft) -> Fields {
    let mut fields = vec![
        ("aliases", aliases(&resource.aliases)),
        ("title", Some(resource.title.clone())),
        ("kind", Some(resource.kind.to_string())),
        ("url", Some(resource.url.value.clone())),
    ];
    let named = resource.identifiers.named().into_iter();
    fields.extend(named.map(|(name, value)| (name, value.map(str::to_owned))));
    fields.extend([
        ("attested", resource.attested.as_ref().map(attested)),
        ("authors", list(resource.authors.iter().cloned())),
        ("provider", resource.provider.clone()),
        ("year", resource.year.map(|year| year.to_string())),
        ("language", Some(resource.language.clone())),
        ("price", Some(resource.price.value.to_string())),
        ("quality", Some(resource.quality.value.to_string())),
        ("for", sorted(resource.made_for.iter().map(|topic| &topic.value))),
        ("covers", covers(&resource.covers)),
    ]);
    fields
}

/// Several values, or nothing. What has a comma of its own stands in quotation marks, so that two values never look like one.
fn list(values: impl Iterator<Item = String>) -> Option<String> {
    let values: Vec<_> = values.map(item).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// A value among others.
fn item(value: String) -> String {
    if value.contains([',', '"']) {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        value
    }
}

/// In one order, whatever they were given in.
fn aliases(aliases: &[At<String>]) -> Option<String> {
    sorted(aliases.iter().map(|alias| &alias.value))
}

/// In one order, whatever they were given in.
fn sorted<'a>(texts: impl Iterator<Item = &'a String>) -> Option<String> {
    let mut texts: Vec<_> = texts.cloned().collect();
    texts.sort();
    list(texts.into_iter())
}

/// In one order: a rename changes the catalogue's.
fn entries(entries: &[EntryDraft]) -> Option<String> {
    let mut entries: Vec<_> = entries.iter().map(entry).collect();
    entries.sort();
    list(entries.into_iter())
}

fn entry(entry: &EntryDraft) -> String {
    let mut steps: Vec<_> = entry.any_of.iter().map(|step| &*step.value).collect();
    steps.sort_unstable();
    let steps = steps.join(" or ");
    let weight = (entry.weight.value != 1).then(|| format!("weight {}", entry.weight.value));
    let more: Vec<_> = weight.into_iter().chain(entry.reason.clone()).collect();
    if more.is_empty() { steps } else { format!("{steps} ({})", more.join("; ")) }
}

fn attested(attested: &Attestation) -> String {
    let by = list(attested.by.iter().map(ToString::to_string)).unwrap_or_default();
    format!("{} by {by}", to_date(attested.on))
}

/// In one order: a rename changes the catalogue's.
fn covers(covers: &[CoverDraft]) -> Option<String> {
    let mut covers: Vec<_> = covers.iter().map(cover).collect();
    covers.sort();
    list(covers.into_iter())
}

fn cover(cover: &CoverDraft) -> String {
    let section = cover.section.as_ref().map(|section| format!(": {section}")).unwrap_or_default();
    let CoverDraft { step, hours, fit, .. } = cover;
    let fit = if fit.value == USUAL_FIT { String::new() } else { format!(", fit {}", fit.value) };
    format!("{} ({} h{fit}{section})", step.value, hours.value)
}
