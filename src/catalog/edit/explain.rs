//! What is wrong with a catalogue after edits, in words for the curator, at the place of an edit.

use std::collections::BTreeMap;

use waymark_planner::catalog::{Fault, Kind, LONGEST_SLUG, Problem};
use waymark_planner::draft::{At, Draft, EntryDraft, Origin};

use super::find::{Slugged as _, parts, undefined_level, unknown};
use super::mistake::{Mistake, Wrong};
use super::retire::Retired;
use super::{Edit, NOWHERE};
use crate::text::quoted;

/// The most that is named of those who refer to something.
const MOST_NAMED: usize = 10;

/// The mistakes of problems: each at the value of an edit that it comes from, or else at the edit.
pub(super) fn explain(
    problems: Vec<Problem>,
    draft: &Draft,
    edits: &[At<Edit>],
    retired: &[Retired],
) -> Vec<Mistake> {
    let explainer = Explainer { draft, edits, retired };
    let (gone, others): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| {
        problem.origin == NOWHERE && matches!(problem.fault, Fault::Unknown(..) | Fault::UndefinedLevel(..))
    });
    let mut mistakes: Vec<_> = others.into_iter().map(|problem| explainer.mistake(problem)).collect();
    mistakes.extend(explainer.in_use(gone.into_iter().map(|problem| problem.fault)));
    mistakes
}

struct Explainer<'a> {
    draft: &'a Draft,
    edits: &'a [At<Edit>],
    /// What is gone.
    retired: &'a [Retired],
}

impl Explainer<'_> {
    fn mistake(&self, problem: Problem) -> Mistake {
        let Problem { origin, fault } = problem;
        match fault {
            Fault::PrerequisiteCycle(path) => {
                self.cycle(path).or_at(origin).or_at(self.replacement()).or_at(self.all())
            }
            Fault::LadderLoop(path) => self.ladder_loop(path).or_at(self.replacement()).or_at(self.all()),
            Fault::SecondRoot(role, root) => self.second_root(role, root).or_at(origin).or_at(self.all()),
            Fault::DuplicateSlug(_, _, first)
            | Fault::TakenAlias(_, _, first)
            | Fault::TakenStep(_, first)
                if origin == NOWHERE =>
            {
                let (wrong, message) = words(fault);
                Mistake::new(first, wrong, message).or_at(self.all())
            }
            Fault::Unknown(kind, slug) => {
                unknown(kind, &At::new(slug, origin), self.slugs(kind).into_iter()).or_at(self.all())
            }
            fault => {
                let (wrong, message) = words(fault);
                Mistake::new(origin, wrong, message).or_at(self.all())
            }
        }
    }

    /// The place of the one edit, or of all together.
    fn all(&self) -> Origin {
        if let [only] = self.edits { only.origin } else { NOWHERE }
    }

    /// A circle of requirements is told at the first of them that an edit has brought.
    fn cycle(&self, path: Vec<String>) -> Mistake {
        let next = path.iter().cycle().skip(1);
        let brought = path.iter().zip(next).find_map(|(step, next)| self.asked(step, next));
        Mistake::around(brought.unwrap_or(NOWHERE), circle(&path), path)
    }

    /// A circle of roles is told at the first that an edit has put above another.
    fn ladder_loop(&self, path: Vec<String>) -> Mistake {
        let in_path = self.draft.roles.iter().filter(|role| path.contains(&role.slug.value));
        let mut brought = in_path.filter_map(|role| role.after.as_ref()).map(|after| after.origin);
        let brought = brought.find(|origin| *origin != NOWHERE).unwrap_or(NOWHERE);
        Mistake::around(brought, words(Fault::LadderLoop(path.clone())).1, path)
    }

    /// Of two first roles it is told about the one that an edit has made that, at what is missing there.
    fn second_root(&self, role: String, root: String) -> Mistake {
        let is = |slug: &str, name: &str| {
            let mut found = self.draft.roles.iter().filter(|role| role.slug.value == name);
            found.any(|role| role.is_called(slug))
        };
        let without = |edit: &At<Edit>| match &edit.value {
            Edit::CreateRole(role) if role.after.is_none() => {
                Some((role.slug.value.clone(), edit.origin, Wrong::Missing))
            }
            Edit::ChangeRole(change) if change.after == Some(None) => {
                Some((change.slug.value.clone(), edit.origin, Wrong::Invalid))
            }
            _ => None,
        };
        let mut made = self.edits.iter().rev().filter_map(without);
        let Some((slug, origin, wrong)) = made.find(|(slug, ..)| is(slug, &role) || is(slug, &root)) else {
            let (wrong, message) = words(Fault::SecondRoot(role, root));
            return Mistake::new(NOWHERE, wrong, message);
        };
        let (role, root) = if is(&slug, &role) { (role, root) } else { (root, role) };
        Mistake {
            field: Some("after"),
            ..Mistake::new(origin, wrong, words(Fault::SecondRoot(role, root)).1)
        }
    }

    /// What the one edit names that has others refer to something else; nowhere where several do.
    fn replacement(&self) -> Origin {
        let named = |edit: &At<Edit>| match &edit.value {
            Edit::Retire(_, retire) | Edit::RetireStep(retire) => {
                retire.replacement.as_ref().map(|other| other.origin)
            }
            _ => None,
        };
        let mut all = self.edits.iter().filter_map(named);
        all.next().filter(|_| all.next().is_none()).unwrap_or(NOWHERE)
    }

    /// Where an edit has a step require another.
    fn asked(&self, step: &str, next: &str) -> Option<Origin> {
        let (slug, level) = parts(step)?;
        let topic = self.draft.topics.iter().find(|topic| topic.slug.value == slug)?;
        let level = topic.levels.iter().find(|defined| defined.level.value == level)?;
        let mut asked = level.requires.iter().flat_map(|entry| &entry.any_of);
        asked.find(|asked| asked.origin != NOWHERE && asked.value == next).map(|asked| asked.origin)
    }

    /// For each thing that is gone one mistake, which names who still refers to it.
    fn in_use(&self, faults: impl Iterator<Item = Fault>) -> Vec<Mistake> {
        let mut gone = BTreeMap::new();
        for fault in faults {
            match fault {
                Fault::Unknown(kind, slug) => gone.insert((kind, slug), None),
                Fault::UndefinedLevel(topic, level, _) => {
                    gone.insert((Kind::Topic, format!("{topic}@{level}")), Some(level))
                }
                _ => None,
            };
        }
        gone.into_keys().map(|(kind, name)| self.referred(kind, &name)).collect()
    }

    fn referred(&self, kind: Kind, name: &str) -> Mistake {
        let (who, what) = match kind {
            Kind::Area => (self.in_area(name), format!("the area \"{name}\"")),
            Kind::Role => (self.after(name), format!("the role \"{name}\"")),
            Kind::Topic if name.contains('@') => (self.asking(name), format!("the step {name}")),
            Kind::Topic => (self.asking(name), format!("the topic \"{name}\"")),
            Kind::Resource => (Vec::new(), format!("the resource \"{name}\"")),
        };
        let message =
            format!("These still refer to {what}: {}. Name a replacement, or change them first.", some(&who));
        Mistake::new(self.retired(kind, name), Wrong::InUse, message).or_at(self.all())
    }

    /// The edit that has retired something, by whichever of its names.
    fn retired(&self, kind: Kind, name: &str) -> Origin {
        let is_it = |retired: &&Retired| retired.kind == kind && retired.name == name;
        self.retired.iter().find(is_it).map_or(NOWHERE, |retired| retired.origin)
    }

    fn in_area(&self, area: &str) -> Vec<String> {
        let topics = self.draft.topics.iter().filter(|topic| topic.area.value == area);
        topics.map(|topic| format!("the topic \"{}\"", topic.slug.value)).collect()
    }

    fn after(&self, below: &str) -> Vec<String> {
        let is_after = |after: &At<String>| after.value == below;
        let roles = self.draft.roles.iter().filter(|role| role.after.as_ref().is_some_and(is_after));
        roles.map(|role| format!("the role \"{}\"", role.slug.value)).collect()
    }

    /// Who names a step, or a topic or any step of it.
    fn asking(&self, name: &str) -> Vec<String> {
        let names = |step: &At<String>| {
            step.value == name || parts(&step.value).is_some_and(|(topic, _)| topic == name)
        };
        let ask = |entries: &[EntryDraft]| entries.iter().flat_map(|entry| &entry.any_of).any(names);
        let draft = self.draft;
        let steps =
            draft.topics.iter().flat_map(|topic| topic.levels.iter().map(move |level| (topic, level)));
        let steps = steps.filter(|(_, level)| ask(&level.requires) || ask(&level.recommends));
        let steps =
            steps.map(|(topic, level)| format!("the step {}@{}", topic.slug.value, level.level.value));
        let roles = draft.roles.iter().filter(|role| ask(&role.requires));
        let roles = roles.map(|role| format!("the role \"{}\"", role.slug.value));
        let covers = draft.resources.iter().filter(|resource| {
            let made_for = resource.made_for.iter().any(|topic| topic.value == name);
            made_for || resource.covers.iter().any(|cover| names(&cover.step))
        });
        let covers = covers.map(|resource| format!("the resource \"{}\"", resource.slug.value));
        steps.chain(roles).chain(covers).collect()
    }

    fn slugs(&self, kind: Kind) -> Vec<&str> {
        let draft = self.draft;
        match kind {
            Kind::Area => draft.areas.iter().map(|area| &*area.slug.value).collect(),
            Kind::Topic => draft.topics.iter().map(|topic| &*topic.slug.value).collect(),
            Kind::Role => draft.roles.iter().map(|role| &*role.slug.value).collect(),
            Kind::Resource => draft.resources.iter().map(|resource| &*resource.slug.value).collect(),
        }
    }
}

/// The words for what is wrong with a value.
#[rustfmt::skip]
fn words(fault: Fault) -> (Wrong, String) {
    match fault {
        Fault::MalformedSlug(_, slug) => (Wrong::Invalid, no_slug(&slug)),
        Fault::DuplicateSlug(kind, slug, _) => (Wrong::Duplicate, format!("Another {kind} has the slug \"{slug}\": choose a different one.")),
        Fault::TakenAlias(kind, slug, _) => (Wrong::Duplicate, format!("Something else is, or was, called \"{slug}\": a {kind} is found by a name of its own.")),
        Fault::TakenStep(step, _) => (Wrong::Duplicate, format!("Another step stands in for {step}: what learners have recorded of it counts as that.")),
        Fault::Unknown(kind, slug) => (Wrong::Unknown, format!("There is no {kind} \"{slug}\".")),
        Fault::MalformedStep(text) | Fault::UnknownLevel(text) => (Wrong::Invalid, format!("\"{text}\" names no step: it takes the slug of a topic and a level.")),
        Fault::UndefinedLevel(topic, level, defined) => (Wrong::Unknown, undefined_level(&topic, level, &defined)),
        Fault::DuplicateLevel(level) => (Wrong::Duplicate, format!("The topic has the level {level} twice: keep one.")),
        Fault::NoLevels => (Wrong::Missing, "A topic has at least one level: give one.".to_owned()),
        Fault::EmptyAny => (Wrong::Missing, "A requirement has at least one step: give one.".to_owned()),
        Fault::HoursOutOfRange(hours) => (Wrong::OutOfRange, format!("{hours} hours: give more than 0 and at most 1000000000.")),
        Fault::PriceOutOfRange(price) => (Wrong::OutOfRange, format!("{price} US dollars: give 0 for what is free, and at most 1000000.")),
        Fault::QualityOutOfRange(quality) => (Wrong::OutOfRange, format!("The quality is {quality}: give 1 to 5.")),
        Fault::FitOutOfRange(fit) => (Wrong::OutOfRange, format!("The fit is {fit}: give 1 to 5.")),
        Fault::PopularityOutOfRange(popularity) => (Wrong::OutOfRange, format!("The popularity is {popularity}: give 0 to 100.")),
        Fault::WeightOutOfRange(weight) => (Wrong::OutOfRange, format!("The weight is {weight}: give 1 to 3.")),
        Fault::BadUrl(url) => (Wrong::Invalid, format!("\"{url}\" is no web address: it begins with https:// or http:// and has no spaces.")),
        Fault::DuplicateCoverage(step) => (Wrong::Duplicate, format!("The resource covers {step} twice: keep one.")),
        Fault::SecondRoot(role, root) => (Wrong::Invalid, format!("The ladder has one first role, \"{root}\": say which role \"{role}\" comes after.")),
        Fault::LadderLoop(roles) => (Wrong::Cycle, format!("The ladder of roles would run in a circle: {}, each after the next.", closed(&roles))),
        Fault::PrerequisiteCycle(steps) => (Wrong::Cycle, circle(&steps)),
    }
}

/// The words for what is no slug.
pub(super) fn no_slug(slug: &str) -> String {
    let slug = quoted(slug);
    format!(
        "{slug} can't be a slug: use lower case letters, digits and single hyphens, {LONGEST_SLUG} at most."
    )
}

fn circle(steps: &[String]) -> String {
    format!("The requirements would run in a circle: {}, each requires the next.", closed(steps))
}

/// A circle's path with its start at the end once more.
fn closed(circle: &[String]) -> String {
    let path: Vec<_> = circle.iter().chain(circle.first()).map(String::as_str).collect();
    path.join(" → ")
}

/// The first of many, and how many more there are.
fn some(who: &[String]) -> String {
    let named = who[..who.len().min(MOST_NAMED)].join(", ");
    match who.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
