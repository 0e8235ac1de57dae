//! A graph in Graphviz's language: a cluster for each milestone, an edge from each step to those that need it.

use std::fmt::{self, Write as _};

use super::Sheet;
use super::sheet::{date, hours};

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(sheet, &mut text);
    text
}

fn write(sheet: &Sheet<'_>, text: &mut String) -> fmt::Result {
    writeln!(text, "digraph roadmap {{")?;
    writeln!(
        text,
        "  graph [rankdir=LR, fontname=\"sans-serif\", label={}, labelloc=t]",
        quote(&sheet.title())
    )?;
    writeln!(text, "  node [shape=box, style=rounded, fontname=\"sans-serif\"]")?;
    for (index, milestone) in sheet.roadmap.milestones.iter().enumerate() {
        writeln!(text, "  subgraph cluster_{} {{", index + 1)?;
        writeln!(text, "    label={}", quote(sheet.milestone_title(milestone)))?;
        for &position in &milestone.steps {
            writeln!(text, "    s{} [{}]", position + 1, attributes(sheet, position))?;
        }
        writeln!(text, "  }}")?;
    }
    let steps = &sheet.roadmap.steps;
    for (position, planned) in steps.iter().enumerate() {
        for &needed in &planned.needs {
            let critical = planned.is_critical() && steps[needed].is_critical();
            let style = if critical { " [color=\"#c2410c\", penwidth=2]" } else { "" };
            writeln!(text, "  s{} -> s{}{style}", needed + 1, position + 1)?;
        }
    }
    writeln!(text, "}}")
}

fn attributes(sheet: &Sheet<'_>, position: usize) -> String {
    let planned = &sheet.roadmap.steps[position];
    let step = &sheet.catalog.steps()[planned.step];
    let when = format!("{} h, from {}", hours(step.hours), date(planned.starts_on));
    let label = format!("{}\n{when}", flat(&sheet.step_title(planned.step)));
    let mut attributes = format!("label={}, tooltip={}", quote(&label), quote(&step.outcome));
    if planned.deferred {
        attributes += ", style=\"rounded,dashed\"";
    }
    if planned.is_critical() {
        attributes += ", color=\"#c2410c\", penwidth=2";
    }
    attributes
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A quoted string of the language: a backslash begins an escape there, and an ampersand an entity.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '&' => quoted.push_str("&amp;"),
            '\n' => quoted.push_str("\\n"),
            _ if character.is_control() => quoted.push(' '),
            _ => quoted.push(character),
        }
    }
    quoted + "\""
}
