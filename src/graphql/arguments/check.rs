//! The value of one argument, held against its limits.

use async_graphql::Value;

use super::schema::{Argument, Arguments};
use crate::graphql::user_errors::UserErrorCode;
use crate::text::find_unprintable;

/// Something that is not taken.
#[derive(Debug)]
pub(super) struct Violation {
    /// Its path, such as `input.skills[2].topic`.
    pub(super) path: String,
    pub(super) code: UserErrorCode,
    pub(super) message: String,
    /// Whether a person may have entered it; ids are made by programs.
    pub(super) is_entered: bool,
}

impl Arguments {
    /// All that is not taken about the value of an argument.
    pub(super) fn violations(&self, argument: &Argument, value: &Value, path: &str) -> Vec<Violation> {
        let mut found = Vec::new();
        self.value(argument, argument.lists, value, path, &mut found);
        found
    }

    fn value(
        &self,
        argument: &Argument,
        lists: usize,
        value: &Value,
        path: &str,
        found: &mut Vec<Violation>,
    ) {
        match value {
            Value::List(entries) if lists > 0 => {
                let most = argument.limit.entries.unwrap_or(usize::MAX);
                if entries.len() > most {
                    let message = format!(
                        "{} has {} entries, and at most {most} are taken.",
                        named(path),
                        entries.len()
                    );
                    found.push(Violation {
                        path: path.to_owned(),
                        code: UserErrorCode::TooLong,
                        message,
                        is_entered: true,
                    });
                    return;
                }
                for (i, entry) in entries.iter().enumerate() {
                    self.value(argument, lists - 1, entry, &format!("{path}[{i}]"), found);
                }
            }
            Value::Object(fields) => {
                let Some(known) = self.input(&argument.base) else { return };
                for (name, value) in fields {
                    if let Some(inner) = known.get(name.as_str()) {
                        self.value(inner, inner.lists, value, &format!("{path}.{name}"), found);
                    }
                }
            }
            Value::String(text) if matches!(&*argument.base, "String" | "ID" | "Upload" | "URL") => {
                found.extend(violation(argument, text, path));
            }
            _ => {}
        }
    }
}

fn violation(argument: &Argument, text: &str, path: &str) -> Option<Violation> {
    let (code, what) = match argument.limit.exceeded_by(text) {
        Some(what) => (UserErrorCode::TooLong, what),
        None => (UserErrorCode::Invalid, unprintable(argument, text)?),
    };
    let message = format!("{} {what}.", named(path));
    Some(Violation { path: path.to_owned(), code, message, is_entered: argument.base != "ID" })
}

fn unprintable(argument: &Argument, text: &str) -> Option<String> {
    let found = find_unprintable(text, argument.limit.lines)?;
    if argument.is_secret {
        return Some("has a character that cannot be seen: leave it out".to_owned());
    }
    let what = match found.character {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => "a line break, and it has to be on one line",
        '\t' => "a tab, and it may have none",
        _ => "a character that cannot be seen",
    };
    Some(format!("has {what} ({found}): leave it out"))
}

/// What the argument of a path is called: `The new slug`, `Entry 3 of the authors`.
fn named(path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    let (name, entry) = match last.split_once('[') {
        Some((name, index)) => (name, index.trim_end_matches(']').parse::<usize>().ok()),
        None => (last, None),
    };
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    match entry {
        Some(index) => format!("Entry {} of the {words}", index + 1),
        None => format!("The {words}"),
    }
}
