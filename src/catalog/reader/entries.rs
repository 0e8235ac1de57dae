//! Requirements: `topic@LEVEL`, `{ any: [...] }`, and in roles `{ step: topic@LEVEL, weight: n }` and `{ any: [...], weight: n }`, which
//! may say a `reason`.

use waymark_planner::draft::{At, EntryDraft};

use super::fields::{Fields, Shape, as_text, found};
use super::report::Report;
use crate::catalog::yaml::{Node, Value};

/// Of a level, requirements all weigh the same.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Grammar {
    Level,
    Role,
}

const OF_LEVEL: Shape = Shape { what: "requirement of a level", keys: &["any"] };
const OF_ROLE: Shape = Shape { what: "requirement of a role", keys: &["step", "any", "weight", "reason"] };

/// The requirements under a key. One that can't be read is reported and left out.
pub(super) fn read(fields: &Fields<'_>, key: &str, grammar: Grammar, report: &mut Report) -> Vec<EntryDraft> {
    let items = report.items(key, fields.get(key));
    items.iter().filter_map(|node| entry(key, node, grammar, report)).collect()
}

fn entry(key: &str, node: &Node, grammar: Grammar, report: &mut Report) -> Option<EntryDraft> {
    let line = node.place.line;
    match (&node.value, as_text(node)) {
        (_, Some(step)) => {
            let step = report.value(step.to_owned(), line);
            Some(EntryDraft {
                any_of: vec![step],
                weight: report.value(1, line),
                reason: None,
                origin: report.origin(line),
            })
        }
        (Value::Map(_), _) => mapping(node, grammar, report),
        _ => {
            let forms = match grammar {
                Grammar::Level => "topic@LEVEL or { any: [...] }",
                Grammar::Role => "topic@LEVEL, { step: topic@LEVEL, weight: 2 } or { any: [...], weight: 2 }",
            };
            report.at(line, format!("an entry of \"{key}\" must be {forms}, but here is {}", found(node)));
            None
        }
    }
}

fn mapping(node: &Node, grammar: Grammar, report: &mut Report) -> Option<EntryDraft> {
    let shape = if grammar == Grammar::Level { &OF_LEVEL } else { &OF_ROLE };
    let before = report.diagnostics.len();
    let fields = Fields::read(node, shape, report)?;
    let any_of = steps(&fields, report);
    if any_of.is_none() && report.diagnostics.len() == before {
        let message = match (grammar, fields.get("step"), fields.get("any")) {
            (_, Some(_), Some(_)) => "a requirement has either \"step\" or \"any\": make it two",
            (Grammar::Role, ..) => "this requirement names no step: add \"step\" or \"any\"",
            (Grammar::Level, ..) => "this requirement names no step: add \"any\", or write the step alone",
        };
        report.at(fields.line, message);
    }
    let weight = match fields.get("weight") {
        Some(weight) => report.integer("weight", Some(weight), "2"),
        None => Some(report.default_at(1, &fields)),
    };
    let reason = report.maybe_text(&fields, "reason");
    let origin = report.origin(fields.line);
    // Where all steps of an `any` were unreadable it is empty for no fault of its own.
    let sound = report.diagnostics.len() == before;
    Some(EntryDraft { any_of: any_of?, weight: weight?, reason, origin })
        .filter(|entry| sound || !entry.any_of.is_empty())
}

/// The steps of a requirement that says in exactly one way which they are.
fn steps(fields: &Fields<'_>, report: &mut Report) -> Option<Vec<At<String>>> {
    let texts = match (fields.get("step"), fields.present("any")) {
        (Some(step), None) => std::slice::from_ref(step),
        (None, Some(any)) => report.items("any", Some(any).filter(|any| any.value != Value::Null)),
        _ => return None,
    };
    Some(texts.iter().filter_map(|node| step(node, report)).collect())
}

fn step(node: &Node, report: &mut Report) -> Option<At<String>> {
    let line = node.place.line;
    let Some(step) = as_text(node) else {
        report.at(line, format!("a step must be written topic@LEVEL, but here is {}", found(node)));
        return None;
    };
    Some(report.value(step.to_owned(), line))
}
