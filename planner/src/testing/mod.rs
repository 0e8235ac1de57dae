//! Catalogues in one line, for tests.
//!
//! `a@W:3(b@W|c@P d@A)` is the topic `a` at level WORKING, three hours, that requires (`b@WORKING` or `c@PROFICIENT`) and `d@AWARE`.

pub mod generator;

use crate::catalog::Catalog;
use crate::draft::{
    AreaDraft, Draft, EntryDraft, LevelDraft, Origin, RoleDraft, TopicDraft, USUAL_POPULARITY,
};
use crate::ids::{StepId, TopicId, small};
use crate::meter::Meter;
use crate::order;
use crate::request::{Pace, Request};
use crate::roadmap::Roadmap;
use crate::units::{Day, Hours, Proficiency};

/// A draft of steps in the short form, all topics in one area; no roles, no resources.
pub fn draft(text: &str) -> Draft {
    let mut draft = Draft::default();
    draft.areas.push(AreaDraft {
        aliases: Vec::new(),
        slug: "area".to_owned().into(),
        title: "Area".into(),
        summary: None,
    });
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (head, tail) = rest.split_once(':').expect("a step has hours");
        let (topic, level) = head.trim().split_once('@').expect("a step has a level");
        let digits = tail.find([' ', '(']).unwrap_or(tail.len());
        let hours: f64 = tail[..digits].parse().expect("hours are a number");
        let tail = &tail[digits..];
        let (requires, tail) = match tail.strip_prefix('(') {
            Some(inner) => inner.split_once(')').expect("a requirement is closed"),
            None => ("none", tail),
        };
        push(
            &mut draft,
            topic,
            LevelDraft {
                aliases: Vec::new(),
                level: letter(level).into(),
                hours: hours.into(),
                outcome: String::new(),
                practice: None,
                requires: entries(requires),
                recommends: Vec::new(),
            },
        );
        rest = tail.trim();
    }
    draft
}

/// A role that requires entries in the short form, each with an optional weight: `a@W*3 b@P|c@P`.
pub fn role(slug: &str, after: Option<&str>, requires: &str) -> RoleDraft {
    RoleDraft {
        aliases: Vec::new(),
        slug: slug.to_owned().into(),
        title: slug.into(),
        summary: String::new(),
        after: after.map(|after| after.to_owned().into()),
        requires: if requires.is_empty() { Vec::new() } else { entries(requires) },
    }
}

/// The catalogue of steps and roles in the short forms.
pub fn catalog(steps: &str, roles: &[(&str, Option<&str>, &str)]) -> Catalog {
    let mut draft = draft(steps);
    draft.roles = roles.iter().map(|(slug, after, requires)| role(slug, *after, requires)).collect();
    Catalog::new(draft).expect("a catalogue without faults")
}

/// The step of a full name such as `a@WORKING`.
pub fn step(catalog: &Catalog, name: &str) -> StepId {
    let (topic, level) = name.split_once('@').expect("a step has a level");
    catalog
        .step(self::topic(catalog, topic), level.parse().expect("a level"))
        .expect("the topic defines the level")
}

/// The topic of a slug.
pub fn topic(catalog: &Catalog, slug: &str) -> TopicId {
    catalog.topic(slug).expect("the topic exists")
}

/// A request for nothing yet, at some hours a week from a day long past.
pub fn request(hours_per_week: f64) -> Request {
    let hours_per_week = Hours::positive(hours_per_week).expect("more than none");
    Request::new(Pace { hours_per_week, start: Day(20_000), finish_by: None, pauses: Vec::new() })
}

/// The steps of a roadmap as one milestone: what the order is found for, so that it can be measured alone.
#[derive(Clone, Debug)]
pub struct Jobs(order::Jobs);

impl Jobs {
    /// All steps of a roadmap with their hours and weights, and what they need.
    pub fn of(catalog: &Catalog, roadmap: &Roadmap) -> Self {
        let steps = &roadmap.steps;
        let hours: Vec<u64> =
            steps.iter().map(|planned| catalog.steps()[planned.step].hours.millionths()).collect();
        let weights: Vec<u32> = steps.iter().map(|planned| planned.weight).collect();
        let before = steps.iter().map(|planned| planned.needs.iter().copied().map(small).collect());
        Self(order::Jobs::new(&hours, &weights, before.collect()))
    }

    /// The positions in an order that brings value early.
    pub fn order(&self) -> Vec<usize> {
        self.0.order(&Meter::default())
    }
}

fn push(draft: &mut Draft, slug: &str, level: LevelDraft) {
    if let Some(topic) = draft.topics.iter_mut().find(|topic| topic.slug.value == slug) {
        topic.levels.push(level);
        return;
    }
    draft.topics.push(TopicDraft {
        aliases: Vec::new(),
        slug: slug.to_owned().into(),
        title: slug.to_uppercase(),
        names: Vec::new(),
        area: "area".to_owned().into(),
        summary: String::new(),
        elective: None,
        popularity: USUAL_POPULARITY.into(),
        links: Vec::new(),
        levels: vec![level],
    });
}

fn entries(text: &str) -> Vec<EntryDraft> {
    if text == "none" {
        return Vec::new();
    }
    let words: Vec<_> = if text.is_empty() { vec![""] } else { text.split_whitespace().collect() };
    words.into_iter().map(entry).collect()
}

fn entry(text: &str) -> EntryDraft {
    let (steps, weight) = text.split_once('*').unwrap_or((text, "1"));
    let any_of = steps.split('|').filter(|step| !step.is_empty()).map(|step| {
        let (topic, level) = step.split_once('@').expect("a step has a level");
        format!("{topic}@{}", letter(level)).into()
    });
    EntryDraft {
        any_of: any_of.collect(),
        weight: weight.parse::<i64>().expect("a weight").into(),
        reason: None,
        origin: Origin::default(),
    }
}

fn letter(text: &str) -> Proficiency {
    *Proficiency::ALL.iter().find(|level| level.name().starts_with(text)).expect("a level's letter")
}
