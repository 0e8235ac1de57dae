//! A document to keep and to tick off: CommonMark with the task lists that GitHub and most wikis know.
//!
//! Each text of the catalogue is put on one line and escaped, so that none of its characters is markup.

use std::collections::HashMap;

use waymark_planner::catalog::{Coverage, Resource};
use waymark_planner::ids::StepId;
use waymark_planner::{Choice, Milestone};

use super::sheet::{Sheet, by, hours, price};
use super::words;

type Coverages<'a> = HashMap<StepId, &'a Coverage>;

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let coverages = sheet.coverage();
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
        milestone.steps.clone().map(|position| task(sheet, coverages, position)).collect();
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
        .get(&planned.step)
        .map_or_else(|| words::UNCOVERED.to_owned(), |coverage| resource_of(sheet, coverage));
    let lines = [
        format!(
            "- [ ] **{}** ({} h, {}{})",
            escape(&sheet.step_title(planned.step)),
            hours(step.hours),
            words::period(planned.starts_on, planned.finishes_on),
            words::marks(planned)
        ),
        format!("  - {}", escape(&step.outcome)),
        format!("  - *Why:* {}", escape(&words::why(sheet, position))),
        format!("  - *With:* {with}"),
    ];
    lines.join("\n")
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
    let item = |choice: &Choice| {
        let taken = escape(&sheet.step_title(choice.taken));
        format!("- **{taken}**; {}", escape(&words::alternatives(sheet, choice)))
    };
    let items: Vec<String> = sheet.choices.iter().map(item).collect();
    vec!["## Choices".to_owned(), words::CHOICES.to_owned(), items.join("\n")]
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
    let said = "Taken as known because of your role. Name what is not so as a gap.";
    vec!["## Assumed".to_owned(), said.to_owned(), names.join(", ")]
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
