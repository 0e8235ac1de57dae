//! Trees as YAML or JSON.

use std::fmt::Write;

use super::tree::{Map, Tree};

/// A list of things with a blank line between them, as a file of its own.
pub(super) fn yaml_list(items: &[Tree]) -> String {
    if items.is_empty() {
        return "[]\n".to_owned();
    }
    let items: Vec<_> = items.iter().map(|item| item_text(item, 0)).collect();
    items.join("\n")
}

/// A mapping as a file of its own, with a blank line between the things of its lists.
pub(super) fn yaml_map(map: &Map) -> String {
    let entries: Vec<_> = map
        .iter()
        .map(|(key, value)| match value {
            Tree::List(items) if !items.is_empty() => {
                let items: Vec<_> = items.iter().map(|item| item_text(item, 2)).collect();
                format!("{key}:\n{}", items.join("\n"))
            }
            _ => entry_text(key, value, 0),
        })
        .collect();
    entries.join("\n")
}

/// A mapping as JSON, each value of a block on a line of its own.
pub(super) fn json(map: &Map) -> String {
    let mut text = String::new();
    json_map(&mut text, map, Some(0));
    text.push('\n');
    text
}

/// One item of a block list.
fn item_text(item: &Tree, indent: usize) -> String {
    match item {
        Tree::Map(map) => {
            let entries: String = map.iter().map(|(key, value)| entry_text(key, value, indent + 2)).collect();
            // The first key stands beside the dash.
            format!("{:indent$}- {}", "", entries.get(indent + 2..).unwrap_or_default())
        }
        other => format!("{:indent$}- {}\n", "", inline(other, false)),
    }
}

/// A key and its value, with the line break.
fn entry_text(key: &str, value: &Tree, indent: usize) -> String {
    match value {
        Tree::Map(map) => {
            let entries: String = map.iter().map(|(key, value)| entry_text(key, value, indent + 2)).collect();
            format!("{:indent$}{key}:\n{entries}", "")
        }
        Tree::List(items) if !items.is_empty() => {
            let items: String = items.iter().map(|item| item_text(item, indent + 2)).collect();
            format!("{:indent$}{key}:\n{items}", "")
        }
        other => format!("{:indent$}{key}: {}\n", "", inline(other, false)),
    }
}

/// Something on one line; inside brackets more has to be quoted.
fn inline(tree: &Tree, inside: bool) -> String {
    match tree {
        Tree::Text(text) => scalar(text, inside),
        Tree::Number(number) => number.clone(),
        Tree::Inline(tree) => inline(tree, inside),
        Tree::List(items) => format!("[{}]", joined(items.iter().map(|item| inline(item, true)))),
        Tree::Map(map) => {
            format!(
                "{{ {} }}",
                joined(map.iter().map(|(key, value)| format!("{key}: {}", inline(value, true))))
            )
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// A text, in quotes where it would not be read as the same text without.
fn scalar(text: &str, inside: bool) -> String {
    if is_plain(text, inside) { text.to_owned() } else { quoted(text) }
}

/// Whether YAML 1.1 and 1.2 both read the text as itself. Errs on the side of quotes.
fn is_plain(text: &str, inside: bool) -> bool {
    let starts_well = text.starts_with(|c: char| c.is_alphanumeric() || "(./_".contains(c));
    let inner = |c: char| {
        !(c.is_control()
            || needs_escape(c)
            || (c.is_whitespace() && c != ' ')
            || (inside && "[]{},:?".contains(c)))
    };
    starts_well
        && !text.ends_with([' ', ':'])
        // Before the end of a list a dash would begin an item.
        && !(inside && text.ends_with('-'))
        && text.chars().all(inner)
        && [": ", " #"].iter().all(|mark| !text.contains(mark))
        && !means_something_else(text)
}

/// Numbers in any notation, times, dates, and the many words for true, false and nothing.
fn means_something_else(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let number = text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.chars().all(|c| c.is_ascii_hexdigit() || ".:_+- xXoOtTzZiInN".contains(c));
    number || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Characters that a file can't hold as they are, or that a reviewer would not see: control characters, line separators, marks of text
/// direction and zero width.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// In double quotes, with escapes that YAML and JSON share.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // None of them is beyond U+FFFF.
            c if needs_escape(c) => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c)); // writing to a string does not fail
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `depth` is `None` on one line.
fn json_value(out: &mut String, tree: &Tree, depth: Option<usize>) {
    match tree {
        Tree::Text(text) => out.push_str(&quoted(text)),
        Tree::Number(number) => out.push_str(number),
        Tree::Inline(tree) => json_value(out, tree, None),
        Tree::List(items) => json_block(out, ['[', ']'], items.iter(), depth, json_value),
        Tree::Map(map) => json_map(out, map, depth),
    }
}

fn json_map(out: &mut String, map: &Map, depth: Option<usize>) {
    json_block(out, ['{', '}'], map.iter(), depth, |out, (key, value), depth| {
        out.push_str(&quoted(key));
        out.push_str(": ");
        json_value(out, value, depth);
    });
}

fn json_block<T>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl ExactSizeIterator<Item = T>,
    depth: Option<usize>,
    mut print: impl FnMut(&mut String, T, Option<usize>),
) {
    let line_break = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', 2 * depth));
    };
    let deeper = depth.map(|depth| depth + 1).filter(|_| items.len() > 0);
    out.push(open);
    for (i, item) in items.enumerate() {
        if i > 0 {
            out.push(',');
        }
        match deeper {
            Some(depth) => line_break(out, depth),
            None if i > 0 => out.push(' '),
            None => {}
        }
        print(out, item, deeper);
    }
    if let Some(depth) = depth.filter(|_| deeper.is_some()) {
        line_break(out, depth);
    }
    out.push(close);
}
