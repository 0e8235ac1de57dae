//! Random catalogues whose texts are as awkward as texts get.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use waymark::text::{Lines, find_unprintable};
use waymark_planner::Catalog;
use waymark_planner::draft::{
    AreaDraft, CoverDraft, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
};
use waymark_planner::source::{Attestation, Identifiers};
use waymark_planner::units::{Day, Proficiency, ResourceKind};

const AWKWARD: &[&str] = &[
    "yes",
    "No",
    "y",
    "on",
    "null",
    "~",
    "true",
    "1.0",
    "0x1F",
    "1e3",
    "-3",
    "+1",
    ".5",
    ".inf",
    ".NaN",
    "1_000",
    "12:30",
    "2024-01-01",
    "2024-01-01T00:00:00Z",
    "a: b",
    "a:b",
    "a:",
    ": a",
    "# x",
    "a #b",
    "a#b",
    " leading",
    "trailing ",
    "-",
    "- a",
    "---",
    "...",
    "?",
    "? a",
    "!a",
    "&a",
    "*a",
    "@a",
    "`a`",
    "%a",
    "|",
    ">",
    "'",
    "\"",
    "it's",
    "[a]",
    "{a}",
    "a, b",
    "a]",
    "<<",
    "two\nlines",
    "\n",
    "tab\there",
    "\r\n",
    "naïve café",
    "日本語",
    "emoji 😀👩‍👩‍👧",
    "\u{0}\u{1}\u{7f}\u{85}",
    "\u{2028}\u{2029}\u{feff}",
    "\u{202e}rtl",
    "\\n",
    "C:\\dir",
    "=",
    "a\u{a0}b",
    "\u{e000}\u{ffff}",
    "\u{10ffff}",
];

/// Texts that a file may hold.
fn text() -> impl Strategy<Value = String> {
    anything().prop_map(|mut text| {
        while let Some(found) = find_unprintable(&text, Lines::Several) {
            let (start, _) = text.char_indices().nth(found.position - 1).unwrap();
            text.remove(start);
        }
        text
    })
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        select(AWKWARD).prop_map(str::to_owned),
        vec(any::<char>(), 0..8).prop_map(String::from_iter),
        "[-a-z0-9 :#,'\"!?&*%@{}\\[\\]|>.~]{0,10}",
        vec(select(AWKWARD), 2..4).prop_map(|parts| parts.concat()),
    ]
}

fn title() -> impl Strategy<Value = String> {
    text().prop_filter("a title says something", |title| !title.trim().is_empty())
}

type Entries = Vec<(Vec<Index>, i64)>;

/// A level's hours, outcome, practice, and what it requires and recommends.
type Level = (f64, String, Option<String>, Entries, Entries);

fn entries() -> impl Strategy<Value = Entries> {
    vec((vec(any::<Index>(), 1..4), 1..4i64), 0..3)
}

prop_compose! {
    fn level()(
        hours in 1..2_000_000_000u32,
        outcome in text(),
        practice in option::of(text()),
        requires in entries(),
        recommends in entries(),
    ) -> Level {
        (f64::from(hours) / 1e6, outcome, practice, requires, recommends)
    }
}

#[derive(Clone, Debug)]
struct Topic {
    title: String,
    summary: String,
    elective: Option<String>,
    area: Index,
    mask: u8,
    levels: Vec<Level>,
    /// Its popularity, names, and the ends of its links.
    second: (i64, Vec<String>, Vec<u16>),
}

prop_compose! {
    fn topic()(
        title in title(),
        summary in text(),
        elective in option::of(text()),
        area in any::<Index>(),
        mask in 1..16u8,
        levels in vec(level(), 4),
        second in (0..=100i64, vec(text(), 0..3), vec(any::<u16>(), 0..3)),
    ) -> Topic {
        Topic { title, summary, elective, area, mask, levels, second }
    }
}

impl Topic {
    /// Its requirements name only steps that were there before it, so that there is no cycle.
    fn add(self, draft: &mut Draft, steps: &mut Vec<String>) {
        let slug = format!("topic-{}", draft.topics.len());
        let levels = Proficiency::ALL.into_iter().zip(self.levels);
        let levels: Vec<_> = levels
            .filter(|(level, _)| self.mask & (1 << *level as u8) != 0)
            .map(|(level, (hours, outcome, practice, requires, recommends))| LevelDraft {
                aliases: Vec::new(),
                level: level.into(),
                hours: hours.into(),
                outcome,
                practice,
                requires: pick(steps, requires, |_| 1),
                recommends: pick(steps, recommends, |_| 1),
            })
            .collect();
        steps.extend(levels.iter().map(|level| format!("{slug}@{}", level.level.value)));
        let area = self.area.get(&draft.areas).slug.clone();
        let (popularity, names, links) = self.second;
        draft.topics.push(TopicDraft {
            aliases: Vec::new(),
            slug: slug.into(),
            title: self.title,
            names,
            area,
            summary: self.summary,
            elective: self.elective,
            popularity: popularity.into(),
            links: links.iter().map(|end| format!("https://example.org/{end}#a:b").into()).collect(),
            levels,
        });
    }
}

fn pick(steps: &[String], entries: Entries, weight: impl Fn(i64) -> i64) -> Vec<EntryDraft> {
    if steps.is_empty() {
        return Vec::new();
    }
    entries
        .into_iter()
        .map(|(any_of, w)| EntryDraft {
            any_of: any_of.into_iter().map(|step| step.get(steps).clone().into()).collect(),
            weight: weight(w).into(),
            // Of a role's, as its weight is: it follows from that so that shrinking stays simple.
            reason: (weight(w) == 3).then(|| "They stand for each other: \"both\" do.".to_owned()),
            origin: Origin::default(),
        })
        .collect()
}

#[derive(Clone, Debug)]
struct Role {
    title: String,
    summary: String,
    after: Index,
    requires: Entries,
}

prop_compose! {
    fn role()(title in title(), summary in text(), after in any::<Index>(), requires in entries()) -> Role {
        Role { title, summary, after, requires }
    }
}

impl Role {
    fn add(self, draft: &mut Draft, steps: &[String]) {
        let slug = format!("role-{}", 9 - draft.roles.len());
        let after = (!draft.roles.is_empty()).then(|| self.after.get(&draft.roles).slug.clone());
        let requires = pick(steps, self.requires, |weight| weight);
        draft.roles.push(RoleDraft {
            aliases: Vec::new(),
            slug: slug.into(),
            title: self.title,
            summary: self.summary,
            after,
            requires,
        });
    }
}

type Cover = (Index, u32, i64, Option<String>);

prop_compose! {
    fn identifiers()(ids in vec(option::of(text()), 4)) -> Identifiers {
        let id = |at: usize| ids[at].as_deref().map(Into::into);
        Identifiers { isbn: id(0), doi: id(1), arxiv: id(2), standard: id(3) }
    }
}

prop_compose! {
    fn attestation()(day in 0..2_900_000i32, by in vec(text(), 1..4)) -> Attestation {
        Attestation { on: Day(day), by: by.into_iter().map(Into::into).collect() }
    }
}

prop_compose! {
    /// A resource that covers nothing yet, and what it is to cover.
    fn resource()(
        title in title(),
        kind in select(&ResourceKind::ALL[..]),
        source in (identifiers(), option::of(attestation())),
        authors in vec(text(), 0..3),
        provider in option::of(text()),
        year in option::of(any::<i32>()),
        language in select(&["en", "de", "pt-BR"][..]),
        cents in 0..=100_000_000u32,
        quality in 1..=5i64,
        covers in vec((any::<Index>(), 1..9_000_000u32, 1..=5i64, option::of(text())), 0..4),
        made_for in vec(any::<Index>(), 0..3),
    ) -> (ResourceDraft, Vec<Cover>, Vec<Index>) {
        let resource = ResourceDraft {
            aliases: Vec::new(),
            slug: String::new().into(),
            title,
            kind,
            url: format!("https://example.org/{quality}?a=b&c=#d,[e]:'{{f}}").into(),
            identifiers: source.0,
            attested: source.1,
            authors,
            provider,
            year,
            language: language.to_owned(),
            price: (f64::from(cents) / 100.0).into(),
            quality: quality.into(),
            made_for: Vec::new(),
            covers: Vec::new(),
        };
        (resource, covers, made_for)
    }
}

fn add_resource(
    (mut resource, covers, made_for): (ResourceDraft, Vec<Cover>, Vec<Index>),
    draft: &mut Draft,
    steps: &[String],
) {
    resource.slug = format!("resource-{}", draft.resources.len()).into();
    if !draft.topics.is_empty() {
        resource.made_for = made_for.iter().map(|topic| topic.get(&draft.topics).slug.clone()).collect();
    }
    for (step, hours, fit, section) in covers.into_iter().filter(|_| !steps.is_empty()) {
        let step = step.get(steps).clone();
        if resource.covers.iter().all(|cover| cover.step.value != step) {
            let hours = f64::from(hours) / 1e6;
            let (step, hours, fit) = (step.into(), hours.into(), fit.into());
            resource.covers.push(CoverDraft { step, hours, fit, section });
        }
    }
    draft.resources.push(resource);
}

/// So many former names of each thing, not in their order, and of each step.
fn give_aliases(draft: &mut Draft, count: usize) {
    let of = |name: &str| (0..count).rev().map(|i| format!("was{i}-{name}").into()).collect();
    for area in &mut draft.areas {
        area.aliases = of(&area.slug.value);
    }
    for topic in &mut draft.topics {
        topic.aliases = of(&topic.slug.value);
        for level in &mut topic.levels {
            level.aliases = of(&format!("not-{}@{}", topic.slug.value, level.level.value));
        }
    }
    for role in &mut draft.roles {
        role.aliases = of(&role.slug.value);
    }
    for resource in &mut draft.resources {
        resource.aliases = of(&resource.slug.value);
    }
}

prop_compose! {
    /// A sound catalogue.
    pub(crate) fn catalog()(
        areas in vec((title(), option::of(text())), 1..3),
        topics in vec(topic(), 0..5),
        roles in vec(role(), 0..4),
        resources in vec(resource(), 0..4),
        former in 0..3usize,
    ) -> Catalog {
        let mut draft = Draft::default();
        let mut steps = Vec::new();
        for (i, (title, summary)) in areas.into_iter().enumerate() {
            // One is called like the file of the resources that cover nothing.
            let slug = ["other", "yes"][i].to_owned();
            draft.areas.push(AreaDraft { aliases: Vec::new(), slug: slug.into(), title, summary });
        }
        for topic in topics {
            topic.add(&mut draft, &mut steps);
        }
        for role in roles {
            role.add(&mut draft, &steps);
        }
        for resource in resources {
            add_resource(resource, &mut draft, &steps);
        }
        give_aliases(&mut draft, former);
        Catalog::new(draft).unwrap()
    }
}
