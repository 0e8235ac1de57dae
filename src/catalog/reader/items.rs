//! Areas, topics, roles and resources as their files describe them.

use oxilangtag::LanguageTag;
use waymark_planner::catalog::Kind;
use waymark_planner::draft::{
    AreaDraft, At, CoverDraft, LevelDraft, ResourceDraft, RoleDraft, TopicDraft, USUAL_FIT, USUAL_POPULARITY,
};
use waymark_planner::source::{Attestation, Identifiers};
use waymark_planner::units::{Proficiency, ResourceKind};

use super::entries::{self, Grammar};
use super::fields::{Fields, Shape};
use super::report::{REPORTED, Report};
use crate::catalog::nearest::nearest;
use crate::catalog::yaml::{Key, Node, Value};
use crate::dates;

const AREA: Shape = Shape { what: "area", keys: &["slug", "aliases", "title", "summary"] };
const TOPIC: Shape = Shape {
    what: "topic",
    keys: &[
        "slug",
        "aliases",
        "title",
        "names",
        "area",
        "summary",
        "elective",
        "popularity",
        "links",
        "levels",
    ],
};
const LEVEL: Shape =
    Shape { what: "level", keys: &["hours", "outcome", "practice", "aliases", "requires", "recommends"] };
const ROLE: Shape =
    Shape { what: "role", keys: &["slug", "aliases", "title", "summary", "after", "requires"] };
const COVER: Shape = Shape { what: "coverage", keys: &["step", "hours", "fit", "section"] };
const ATTESTATION: Shape = Shape { what: "attestation", keys: &["on", "by"] };
const RESOURCE: Shape = Shape {
    what: "resource",
    keys: &[
        "slug", "aliases", "title", "kind", "url", "isbn", "doi", "arxiv", "standard", "attested", "authors",
        "provider", "year", "language", "price", "quality", "for", "covers",
    ],
};

#[cfg(test)]
pub(super) const SHAPES: [&Shape; 7] = [&AREA, &TOPIC, &LEVEL, &ROLE, &COVER, &ATTESTATION, &RESOURCE];

pub(super) fn area(node: &Node, report: &mut Report) -> Option<AreaDraft> {
    let fields = item(node, &AREA, Kind::Area, report)?;
    Some(AreaDraft {
        slug: slug(&fields, Kind::Area, report),
        aliases: aliases(&fields, Kind::Area, report),
        title: report.need_title(&fields),
        summary: report.maybe_text(&fields, "summary"),
    })
}

pub(super) fn topic(node: &Node, report: &mut Report) -> Option<TopicDraft> {
    let fields = item(node, &TOPIC, Kind::Topic, report)?;
    let slug = slug(&fields, Kind::Topic, report);
    Some(TopicDraft {
        aliases: aliases(&fields, Kind::Topic, report),
        title: report.need_title(&fields),
        names: texts("names", &fields, report),
        area: report.need_text(&fields, "area"),
        summary: report.need_text(&fields, "summary").value,
        elective: report.maybe_text(&fields, "elective"),
        popularity: optional(
            report.integer("popularity", fields.get("popularity"), "78"),
            USUAL_POPULARITY,
            &fields,
            report,
        ),
        links: placed("links", &fields, report),
        levels: levels(&fields, &slug.value, report),
        slug,
    })
}

fn levels(fields: &Fields<'_>, topic: &str, report: &mut Report) -> Vec<LevelDraft> {
    let Some(node) = fields.need("levels", report) else {
        report.gaps.levels_of(topic);
        return Vec::new();
    };
    let Value::Map(pairs) = &node.value else {
        let message = format!(
            "\"levels\" of {} must be a mapping, such as WORKING: {{ hours: 40, outcome: … }}",
            fields.name()
        );
        report.at(node.place.line, message);
        report.gaps.levels_of(topic);
        return Vec::new();
    };
    let mut levels: Vec<LevelDraft> = Vec::with_capacity(pairs.len());
    for (key, body) in pairs {
        let level =
            level_name(key, report).filter(|level| levels.iter().all(|other| other.level.value != *level));
        if level.is_none() {
            report.gaps.levels_of(topic);
        }
        let draft = level_body(level.unwrap_or(Proficiency::Aware), key, body, topic, report);
        levels.extend(level.map(|_| draft));
    }
    levels
}

/// The level of a key; of a misspelt one the level that was meant, so that it counts as defined.
fn level_name(key: &Key, report: &mut Report) -> Option<Proficiency> {
    if let Ok(level) = key.text.parse() {
        return Some(level);
    }
    let meant = nearest(&key.text, Proficiency::ALL.map(Proficiency::name));
    let advice =
        meant.map_or("the levels are AWARE, WORKING, PROFICIENT and EXPERT".to_owned(), did_you_mean);
    report.at(key.place.line, format!("unknown level \"{}\"; {advice}", key.text));
    meant.and_then(|meant| meant.parse().ok())
}

fn level_body(level: Proficiency, key: &Key, body: &Node, topic: &str, report: &mut Report) -> LevelDraft {
    let at = report.value(level, key.place.line);
    let unread = || At::new(1.0, REPORTED);
    let mut draft = LevelDraft {
        level: at,
        aliases: Vec::new(),
        hours: unread(),
        outcome: String::new(),
        practice: None,
        requires: Vec::new(),
        recommends: Vec::new(),
    };
    if body.value == Value::Null {
        let message = format!("the level {topic}@{} is empty: add \"hours\" and \"outcome\"", key.text);
        report.at(key.place.line, message);
    } else if let Some(fields) = Fields::read(body, &LEVEL, report) {
        draft.aliases = aliases(&fields, Kind::Topic, report);
        draft.hours = report.need_number(&fields, "hours");
        draft.outcome = report.need_text(&fields, "outcome").value;
        draft.practice = report.maybe_text(&fields, "practice");
        draft.requires = entries::read(&fields, "requires", Grammar::Level, report);
        draft.recommends = entries::read(&fields, "recommends", Grammar::Level, report);
    }
    draft
}

pub(super) fn role(node: &Node, report: &mut Report) -> Option<RoleDraft> {
    let fields = item(node, &ROLE, Kind::Role, report)?;
    Some(RoleDraft {
        slug: slug(&fields, Kind::Role, report),
        aliases: aliases(&fields, Kind::Role, report),
        title: report.need_title(&fields),
        summary: report.need_text(&fields, "summary").value,
        // One that can't be read stands for some role below: without it this one would count as a second root.
        after: fields.get("after").map(|node| match report.text("after", node) {
            Some(after) => report.value(after, node.place.line),
            None => At::new("?".to_owned(), REPORTED),
        }),
        requires: entries::read(&fields, "requires", Grammar::Role, report),
    })
}

pub(super) fn resource(node: &Node, report: &mut Report) -> Option<ResourceDraft> {
    let fields = item(node, &RESOURCE, Kind::Resource, report)?;
    Some(ResourceDraft {
        slug: slug(&fields, Kind::Resource, report),
        aliases: aliases(&fields, Kind::Resource, report),
        title: report.need_title(&fields),
        kind: kind(&fields, report),
        url: report.need_text(&fields, "url"),
        identifiers: identifiers(&fields, report),
        attested: attested(&fields, report),
        authors: texts("authors", &fields, report),
        provider: report.maybe_text(&fields, "provider"),
        year: year(&fields, report),
        language: language(&fields, report),
        price: optional(report.number("price", fields.get("price")), 0.0, &fields, report),
        quality: optional(report.integer("quality", fields.get("quality"), "3"), 3, &fields, report),
        made_for: placed("for", &fields, report),
        covers: covers(&fields, report),
    })
}

fn kind(fields: &Fields<'_>, report: &mut Report) -> ResourceKind {
    let text = report.need_text(fields, "kind");
    text.value.parse().unwrap_or_else(|_| {
        if let Some((_, line)) = report.place(text.origin) {
            let names = ResourceKind::ALL.map(ResourceKind::name);
            let advice = nearest(&text.value, names)
                .map_or_else(|| format!("the kinds are {}", names.join(", ")), did_you_mean);
            report.at(line, format!("unknown kind \"{}\"; {advice}", text.value));
        }
        ResourceKind::Book
    })
}

fn identifiers(fields: &Fields<'_>, report: &mut Report) -> Identifiers {
    let mut text = |key| report.maybe_text(fields, key).map(Into::into);
    Identifiers { isbn: text("isbn"), doi: text("doi"), arxiv: text("arxiv"), standard: text("standard") }
}

fn attested(fields: &Fields<'_>, report: &mut Report) -> Option<Attestation> {
    let node = fields.get("attested")?;
    let fields = Fields::read(node, &ATTESTATION, report)?;
    let on = report.need_text(&fields, "on");
    let day = dates::parse(&on.value).map(dates::to_day);
    if let (None, Some((_, line))) = (day, report.place(on.origin)) {
        report.at(line, format!("\"{}\" is no date: write one such as 2026-11-24", on.value));
    }
    let by = fields.need("by", report)?;
    let names =
        if let Value::List(_) = by.value { report.items("by", Some(by)) } else { std::slice::from_ref(by) };
    let by = names.iter().filter_map(|name| report.text("by", name)).map(Into::into).collect();
    Some(Attestation { on: day?, by })
}

/// The texts of a list that may be absent.
fn texts(key: &str, fields: &Fields<'_>, report: &mut Report) -> Vec<String> {
    placed(key, fields, report).into_iter().map(|text| text.value).collect()
}

/// The texts of a list that may be absent, each with its place.
fn placed(key: &str, fields: &Fields<'_>, report: &mut Report) -> Vec<At<String>> {
    let mut texts = Vec::new();
    for node in report.items(key, fields.get(key)) {
        if let Some(text) = report.text(key, node) {
            texts.push(report.value(text, node.place.line));
        }
    }
    texts
}

fn year(fields: &Fields<'_>, report: &mut Report) -> Option<i32> {
    let year = report.integer("year", fields.get("year"), "2017")?;
    let number = i32::try_from(year.value).ok();
    if let (None, Some((_, line))) = (number, report.place(year.origin)) {
        report.at(line, format!("\"year\" is out of range: {}", year.value));
    }
    number
}

fn language(fields: &Fields<'_>, report: &mut Report) -> String {
    let Some(node) = fields.get("language") else { return "en".to_owned() };
    let Some(tag) = report.text("language", node) else { return "en".to_owned() };
    if !is_language(&tag) {
        let message = format!("\"{tag}\" is no language tag: write one of BCP 47, such as en, de or pt-BR");
        report.at(node.place.line, message);
    }
    tag
}

/// Whether a text is a well-formed language tag (BCP 47, RFC 5646) that begins with the code of a
/// language: two or three letters. Longer ones are well-formed too, but none is registered.
pub fn is_language(tag: &str) -> bool {
    let Ok(tag) = LanguageTag::parse(tag) else { return false };
    (2..=3).contains(&tag.primary_language().len())
}

fn covers(fields: &Fields<'_>, report: &mut Report) -> Vec<CoverDraft> {
    let list = fields.need("covers", report);
    report
        .items("covers", list)
        .iter()
        .filter_map(|node| {
            let fields = Fields::read(node, &COVER, report)?;
            let cover = CoverDraft {
                step: report.need_text(&fields, "step"),
                hours: report.need_number(&fields, "hours"),
                fit: optional(report.integer("fit", fields.get("fit"), "3"), USUAL_FIT, &fields, report),
                section: report.maybe_text(&fields, "section"),
            };
            // Without a step it says nothing that could be checked.
            (cover.step.origin != REPORTED).then_some(cover)
        })
        .collect()
}

/// One thing of a list. What is not even a mapping may be anything.
fn item<'n>(node: &'n Node, shape: &'static Shape, kind: Kind, report: &mut Report) -> Option<Fields<'n>> {
    let fields = Fields::read(node, shape, report);
    if fields.is_none() {
        report.gaps.kind(kind);
    }
    fields
}

/// The slug of a thing. One that has none may be the one that others refer to.
fn slug(fields: &Fields<'_>, kind: Kind, report: &mut Report) -> At<String> {
    let slug = report.need_text(fields, "slug");
    if slug.origin == REPORTED {
        report.gaps.kind(kind);
    }
    slug
}

/// The former names of a thing, each with its place. One that can't be read may be the one that others refer to.
fn aliases(fields: &Fields<'_>, kind: Kind, report: &mut Report) -> Vec<At<String>> {
    let before = report.diagnostics.len();
    let aliases = placed("aliases", fields, report);
    if report.diagnostics.len() > before {
        report.gaps.kind(kind);
    }
    aliases
}

fn optional<T>(value: Option<At<T>>, default: T, fields: &Fields<'_>, report: &mut Report) -> At<T> {
    value.unwrap_or_else(|| report.default_at(default, fields))
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean \"{name}\"?")
}
