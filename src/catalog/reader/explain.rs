//! The planner's findings in words that say what is wrong and what to do.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use waymark_planner::catalog::{Fault, Kind, LONGEST_SLUG, Problem};
use waymark_planner::draft::{Draft, LevelDraft, Origin};
use waymark_planner::units::Proficiency;

use super::report::Report;
use crate::catalog::diagnostics::Diagnostic;
use crate::catalog::nearest::nearest;

/// Each suggestion compares with every name there is; a file of nothing but errors must not take minutes.
const MOST_SUGGESTIONS: usize = 500;

/// The diagnostics of problems, without those that only follow from what could not be read.
pub(super) fn explain(problems: Vec<Problem>, draft: &Draft, report: &Report) -> Vec<Diagnostic> {
    let explainer =
        Explainer { draft, report, suggestions: Cell::new(MOST_SUGGESTIONS), levels: OnceCell::new() };
    problems
        .into_iter()
        .filter(|problem| !explainer.follows_from_a_gap(&problem.fault))
        .filter_map(|problem| {
            let (file, line) = report.place(problem.origin)?;
            Some(Diagnostic {
                file: file.to_owned(),
                line: Some(line),
                message: explainer.message(problem.fault),
            })
        })
        .collect()
}

struct Explainer<'a> {
    draft: &'a Draft,
    report: &'a Report,
    /// How many more there will be.
    suggestions: Cell<usize>,
    /// By step; made for the first cycle.
    levels: OnceCell<HashMap<String, &'a LevelDraft>>,
}

impl<'a> Explainer<'a> {
    fn follows_from_a_gap(&self, fault: &Fault) -> bool {
        match fault {
            Fault::Unknown(kind, _) => self.report.gaps.has_kind(*kind),
            Fault::UndefinedLevel(topic, ..) => self.report.gaps.has_levels_of(topic),
            _ => false,
        }
    }

    fn message(&self, fault: Fault) -> String {
        match fault {
            Fault::MalformedSlug(kind, slug) => malformed_slug(kind, &slug),
            Fault::DuplicateSlug(kind, slug, first) => {
                format!(
                    "the {kind} \"{slug}\" is defined already at {}: rename or remove one of them",
                    self.place(first)
                )
            }
            Fault::TakenAlias(kind, alias, first) => format!(
                "the alias \"{alias}\" is the name of a {kind} already at {}: each name leads to one",
                self.place(first)
            ),
            Fault::TakenStep(step, first) => format!(
                "the alias \"{step}\" is the name of a step already at {}: each name leads to one",
                self.place(first)
            ),
            Fault::Unknown(kind, slug) => self.unknown(kind, &slug),
            Fault::MalformedStep(text) => self.malformed_step(&text),
            Fault::UnknownLevel(text) => unknown_level(&text),
            Fault::UndefinedLevel(topic, level, defined) => undefined_level(&topic, level, &defined),
            Fault::DuplicateLevel(level) => format!("the level {level} is defined twice: keep one"),
            Fault::NoLevels => "the topic defines no level: add one under \"levels\"".to_owned(),
            Fault::EmptyAny => "this \"any\" is empty: list the steps of which one is enough".to_owned(),
            Fault::HoursOutOfRange(hours) => {
                format!("\"hours\" is {hours}: it must be above 0 and at most 1000000000")
            }
            Fault::PriceOutOfRange(price) => {
                format!("\"price\" is {price}: it must be 0 (free) to 1000000 US dollars")
            }
            Fault::QualityOutOfRange(quality) => format!("\"quality\" is {quality}: it must be 1 to 5"),
            Fault::FitOutOfRange(fit) => format!("\"fit\" is {fit}: it must be 1 to 5"),
            Fault::PopularityOutOfRange(popularity) => {
                format!("\"popularity\" is {popularity}: it must be 0 to 100")
            }
            Fault::WeightOutOfRange(weight) => format!("\"weight\" is {weight}: it must be 1 to 3"),
            Fault::BadUrl(url) => {
                format!(
                    "\"{url}\" is no web address: it must begin with https:// or http:// and have no spaces"
                )
            }
            Fault::DuplicateCoverage(step) => format!("the resource covers {step} twice: keep one"),
            Fault::SecondRoot(role, root) => format!(
                "the role \"{role}\" has no \"after\", like \"{root}\": the ladder has one first role, so say which role \"{role}\" comes after"
            ),
            Fault::LadderLoop(roles) => {
                let path = closed(&roles).join("\" -> \"");
                format!(
                    "the career ladder runs in a circle: \"{path}\", each after the next; change the \"after\" of one"
                )
            }
            Fault::PrerequisiteCycle(steps) => self.cycle(&steps),
        }
    }

    fn unknown(&self, kind: Kind, slug: &str) -> String {
        let advice = self.nearest(slug, kind).map(|slug| format!("did you mean \"{slug}\"?"));
        let advice = advice.as_deref().unwrap_or("define it, or name one that exists");
        format!("there is no {kind} \"{slug}\"; {advice}")
    }

    fn malformed_step(&self, text: &str) -> String {
        let (topic, level) = text.split_once('@').unwrap_or((text, ""));
        let topic = self.nearest(topic, Kind::Topic);
        let levels = topic.and_then(|slug| self.draft.topics.iter().find(|topic| topic.slug.value == slug));
        let level = level.parse().ok().or_else(|| levels?.levels.first().map(|level| level.level.value));
        let example =
            topic.zip(level).map_or("java@WORKING".to_owned(), |(topic, level)| format!("{topic}@{level}"));
        format!("\"{text}\" is not a step: write topic@LEVEL, such as {example}")
    }

    fn slugs(&self, kind: Kind) -> Vec<&'a str> {
        let draft = self.draft;
        match kind {
            Kind::Area => draft.areas.iter().map(|area| &*area.slug.value).collect(),
            Kind::Topic => draft.topics.iter().map(|topic| &*topic.slug.value).collect(),
            Kind::Role => draft.roles.iter().map(|role| &*role.slug.value).collect(),
            Kind::Resource => draft.resources.iter().map(|resource| &*resource.slug.value).collect(),
        }
    }

    fn nearest(&self, word: &str, kind: Kind) -> Option<&'a str> {
        self.suggestions.set(self.suggestions.get().checked_sub(1)?);
        nearest(word, self.slugs(kind))
    }

    fn place(&self, origin: Origin) -> String {
        self.report.place(origin).map_or("another place".to_owned(), |(file, line)| format!("{file}:{line}"))
    }

    /// The path, and where each of its steps asks for the next.
    fn cycle(&self, steps: &[String]) -> String {
        let levels = self.levels.get_or_init(|| {
            let topics = self.draft.topics.iter();
            topics
                .flat_map(|topic| {
                    topic.levels.iter().map(|l| (format!("{}@{}", topic.slug.value, l.level.value), l))
                })
                .collect()
        });
        let path = closed(steps);
        let mut places: Vec<_> = path
            .windows(2)
            .filter_map(|pair| {
                let mut asked = levels.get(&pair[0])?.requires.iter().flat_map(|entry| &entry.any_of);
                asked.find(|step| step.value == pair[1]).map(|step| self.place(step.origin))
            })
            .collect();
        places.dedup();
        let advice = match &*places {
            [only] => format!("take out the requirement at {only}"),
            several => format!("take out one of the requirements at {}", several.join(", ")),
        };
        format!("prerequisite cycle: {}, each requires the next; {advice}", path.join(" -> "))
    }
}

/// A circle's path with its start at the end once more.
fn closed(circle: &[String]) -> Vec<String> {
    circle.iter().chain(circle.first()).cloned().collect()
}

fn malformed_slug(kind: Kind, slug: &str) -> String {
    let folded: String =
        slug.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<_> = folded.split('-').filter(|part| !part.is_empty()).collect();
    let advice = if parts.is_empty() { String::new() } else { format!(", such as \"{}\"", parts.join("-")) };
    format!(
        "\"{slug}\" can't be the slug of a {kind}: use lower case letters, digits and single hyphens, {LONGEST_SLUG} at most{advice}"
    )
}

fn unknown_level(text: &str) -> String {
    let (topic, level) = text.split_once('@').unwrap_or((text, ""));
    let advice = match nearest(level, Proficiency::ALL.map(Proficiency::name)) {
        Some(meant) => format!("did you mean \"{topic}@{meant}\"?"),
        None => "the levels are AWARE, WORKING, PROFICIENT and EXPERT".to_owned(),
    };
    format!("unknown level \"{level}\" in \"{text}\"; {advice}")
}

fn undefined_level(topic: &str, level: Proficiency, defined: &[Proficiency]) -> String {
    let near = defined.iter().min_by_key(|other| (**other as u8).abs_diff(level as u8));
    let names = defined.iter().map(|level| level.name()).collect::<Vec<_>>().join(" and ");
    let advice = near
        .map_or_else(String::new, |near| format!("; it defines {names}: did you mean \"{topic}@{near}\"?"));
    format!("the topic \"{topic}\" has no level {level}{advice}")
}
