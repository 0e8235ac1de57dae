//! A flowchart in mermaid's language: a subgraph for each milestone, an arrow from each step to those that need it.
//!
//! Labels are quoted. Inside quotes mermaid knows entities alone, so everything that is not a letter, a digit or plain punctuation is
//! written as one, by its code point.

use std::fmt::{self, Write as _};

use super::Sheet;
use super::sheet::hours;

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(sheet, &mut text);
    text
}

fn write(sheet: &Sheet<'_>, text: &mut String) -> fmt::Result {
    writeln!(text, "flowchart LR")?;
    for (index, milestone) in sheet.roadmap.milestones.iter().enumerate() {
        writeln!(text, "  subgraph m{} [\"{}\"]", index + 1, escape(sheet.milestone_title(milestone)))?;
        writeln!(text, "    direction TB")?;
        for &position in &milestone.steps {
            writeln!(text, "    {}", node(sheet, position))?;
        }
        writeln!(text, "  end")?;
    }
    let steps = &sheet.roadmap.steps;
    for (position, planned) in steps.iter().enumerate() {
        for &needed in &planned.needs {
            let arrow = if planned.is_critical() && steps[needed].is_critical() { "==>" } else { "-->" };
            writeln!(text, "  s{} {arrow} s{}", needed + 1, position + 1)?;
        }
    }
    // Colours that are legible on a light page and on a dark one.
    writeln!(text, "  classDef critical stroke:#c2410c,stroke-width:3px")?;
    writeln!(text, "  classDef later stroke-dasharray:5 4")
}

fn node(sheet: &Sheet<'_>, position: usize) -> String {
    let planned = &sheet.roadmap.steps[position];
    let class = match (planned.is_critical(), planned.deferred) {
        (_, true) => ":::later",
        (true, false) => ":::critical",
        (false, false) => "",
    };
    let time = hours(sheet.catalog.steps()[planned.step].hours);
    let title = escape(&sheet.step_title(planned.step));
    format!("s{}[\"{title}<br/>{time} h\"]{class}", position + 1)
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' | '.' | ',' | '-' | '/' | '(' | ')' => escaped.push(character),
            _ if character.is_alphanumeric() => escaped.push(character),
            _ if character.is_control() => escaped.push(' '),
            // A backslash and an n would break the line even as entities: a space of no width keeps them apart.
            '\\' => escaped.push_str("#92;#8203;"),
            // Writing to a string does not fail.
            _ => drop(write!(escaped, "#{};", u32::from(character))),
        }
    }
    escaped
}
