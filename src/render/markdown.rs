//! A document to keep and to tick off: CommonMark with the task lists that GitHub and most wikis know.
//!
//! Each text of the catalogue is put on one line and escaped, so that none of its characters is markup.

use std::collections::HashMap;

use waymark_planner::catalog::{Coverage, Resource};
use waymark_planner::ids::StepId;
use waymark_planner::{Choice, Milestone};

use super::sheet::{Sheet, by, hours, price};
use super::words;

/// What each step is learned from, and practised with.
struct Coverages<'a> {
    study: HashMap<StepId, &'a Coverage>,
    exercises: HashMap<StepId, &'a Coverage>,
}

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let coverages = Coverages { study: sheet.coverage(), exercises: sheet.exercises() };
    let mut blocks = head(sheet);
    for (index, milestone) in sheet.roadmap.milestones.iter().enumerate() {
        blocks.extend(section(sheet, &coverages, index, milestone));
    }
    blocks.extend(choices(sheet));
    blocks.extend(resources(sheet));
    blocks.extend(assumed(sheet));
    blocks.join("\n\n") + "\n"
}

fn head(sheet: &Sheet<'_>) -> Vec<String> {
    let heading = format!("# {}", escape(&sheet.title()));
    if sheet.roadmap.steps.is_empty() {
        return vec![heading, words::NOTHING_TO_LEARN.to_owned()];
    }
    let summary = format!("**{}** {}", words::summary(sheet), words::proof(sheet));
    [heading, summary].into_iter().chain(words::deadline(sheet)).collect()
}

fn section(sheet: &Sheet<'_>, coverages: &Coverages<'_>, index: usize, milestone: &Milestone) -> Vec<String> {
    let tasks: Vec<String> =
        milestone.steps.iter().map(|&position| task(sheet, coverages, position)).collect();
    vec![
        format!("## {}. {}", index + 1, escape(sheet.milestone_title(milestone))),
        format!(
            "{} hours, {}.",
            hours(milestone.hours),
            words::period(milestone.starts_on, milestone.arrives_on)
        ),
        tasks.join("\n"),
    ]
}

fn task(sheet: &Sheet<'_>, coverages: &Coverages<'_>, position: usize) -> String {
    let planned = &sheet.roadmap.steps[position];
    let step = &sheet.catalog.steps()[planned.step];
    let with = coverages
        .study
        .get(&planned.step)
        .map_or_else(|| words::UNCOVERED.to_owned(), |coverage| resource_of(sheet, coverage));
    let mut lines = vec![
        format!(
            "- [ ] **{}** ({}; {}{})",
            escape(&sheet.step_title(planned.step)),
            words::time(sheet, planned.step, coverages.study.get(&planned.step).copied()),
            words::period(planned.starts_on, planned.finishes_on),
            words::marks(planned)
        ),
        format!("  - {}", escape(&step.outcome)),
        format!("  - *Why:* {}", escape(&words::why(sheet, position))),
        format!("  - *With:* {with}"),
    ];
    lines.extend(practice(sheet, coverages, planned.step));
    lines.join("\n")
}

/// What there is to practise, and with what; nothing where nothing is known of it.
fn practice(sheet: &Sheet<'_>, coverages: &Coverages<'_>, step: StepId) -> Option<String> {
    let task = sheet.catalog.steps()[step].practice.as_deref();
    let exercise = coverages.exercises.get(&step).map(|exercise| resource_of(sheet, exercise));
    let said: Vec<String> = task.map(escape).into_iter().chain(exercise).collect();
    (!said.is_empty()).then(|| format!("  - *Practise:* {}", said.join(" With ")))
}

fn resource_of(sheet: &Sheet<'_>, coverage: &Coverage) -> String {
    let resource = sheet.resource(coverage);
    let section = coverage.section.as_ref().map(|section| format!(", {section}")).unwrap_or_default();
    format!(
        "{}{} ({} h, {})",
        link(resource),
        escape(&section),
        hours(coverage.hours),
        escape(&price(resource.price))
    )
}

fn choices(sheet: &Sheet<'_>) -> Vec<String> {
    if sheet.choices.is_empty() {
        return Vec::new();
    }
    vec!["## Choices".to_owned(), words::CHOICES.to_owned(), decisions(sheet, sheet.choices)]
}

fn decisions(sheet: &Sheet<'_>, choices: &[Choice]) -> String {
    let item = |choice: &Choice| {
        let taken = escape(&sheet.step_title(choice.taken));
        format!("- **{taken}**; {}", escape(&words::alternatives(sheet, choice)))
    };
    choices.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn resources(sheet: &Sheet<'_>) -> Vec<String> {
    let picks = &sheet.resources.picks;
    if picks.is_empty() {
        return Vec::new();
    }
    let items = picks.iter().map(|(id, covers)| {
        let resource = &sheet.catalog.resources()[*id];
        let steps = words::count(covers.len(), "step");
        format!("- {}: {steps}, {}", link(resource), escape(&price(resource.price)))
    });
    let items: Vec<String> = items.collect();
    vec!["## Resources".to_owned(), escape(&words::resources(sheet)), items.join("\n")]
}

fn assumed(sheet: &Sheet<'_>) -> Vec<String> {
    let assumed = &sheet.roadmap.assumed;
    if assumed.is_empty() {
        return Vec::new();
    }
    // Slugs and levels have no character that could end a code span.
    let names: Vec<String> =
        assumed.iter().map(|&step| format!("`{}`", sheet.catalog.step_name(step))).collect();
    let said = format!("{} Name what is not so as a gap.", words::ASSUMED);
    let mut blocks = vec!["## Assumed".to_owned(), said, names.join(", ")];
    if !sheet.assumed_choices.is_empty() {
        blocks.extend([words::ASSUMED_CHOICES.to_owned(), decisions(sheet, sheet.assumed_choices)]);
    }
    blocks
}

/// The title as a link, and who made it.
fn link(resource: &Resource) -> String {
    format!("[{}](<{}>){}", escape(&resource.title), destination(&resource.url), escape(&by(resource)))
}

/// An address inside `<>`, where only escapes and entities have a meaning; the catalogue lets no space or bracket into one.
fn destination(url: &str) -> String {
    url.chars().fold(String::with_capacity(url.len()), |mut text, c| {
        if "\\&".contains(c) {
            text.push('\\');
        }
        text.push(c);
        text
    })
}

/// A text as one line of words.
///
/// Escaped is what has a meaning anywhere in CommonMark or in the extensions in use (tables, strikethrough, formulas, attributes,
/// templates), and what has one at the beginning of a line. The rest stays as it is, so that the source is good to read too.
fn escape(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut escaped = String::with_capacity(line.len());
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let anywhere = "\\`*_[]<>&~|$^{}".contains(c);
        let first = at == 0 && "+-".contains(c);
        let numbers_a_list = at == digits && digits > 0 && ".)".contains(c);
        // At its end a heading may be closed by it.
        let heads = c == '#' && before == ' ';
        if anywhere || first || numbers_a_list || heads {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}
