//! A mapping with known keys, and the values that may stand under them.

use waymark_planner::draft::At;

use super::report::{REPORTED, Report};
use crate::catalog::nearest::nearest;
use crate::catalog::yaml::{Node, Value};
use crate::text::{Lines, find_unprintable};

/// What a mapping is, and the keys that it may have.
pub(super) struct Shape {
    pub(super) what: &'static str,
    pub(super) keys: &'static [&'static str],
}

impl Shape {
    /// With its article.
    fn one(&self) -> String {
        let article = if self.what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {}", self.what)
    }
}

/// The mapping of one thing.
pub(super) struct Fields<'n> {
    pub(super) line: u32,
    shape: &'static Shape,
    /// A misspelt key stands here under the one that was meant, so that nothing is called missing because of it.
    entries: Vec<(&'n str, &'n Node)>,
}

impl<'n> Fields<'n> {
    /// Reports a node that is no mapping, and unknown keys.
    pub(super) fn read(node: &'n Node, shape: &'static Shape, report: &mut Report) -> Option<Self> {
        let line = node.place.line;
        let Value::Map(pairs) = &node.value else {
            let keys = shape.keys.join(", ");
            let message = format!(
                "{} must be a mapping with the keys {keys}, but here is {}",
                shape.one(),
                found(node)
            );
            report.at(line, message);
            return None;
        };
        let mut fields = Self { line, shape, entries: Vec::with_capacity(pairs.len()) };
        fields.entries.extend(
            pairs
                .iter()
                .filter(|(key, _)| shape.keys.contains(&&*key.text))
                .map(|(key, value)| (&*key.text, value)),
        );
        for (key, value) in pairs.iter().filter(|(key, _)| !shape.keys.contains(&&*key.text)) {
            let free = shape.keys.iter().copied().filter(|key| fields.present(key).is_none());
            let meant = nearest(&key.text, free);
            let advice = match (meant, shape.keys) {
                (Some(meant), _) => format!("did you mean \"{meant}\"?"),
                (None, [only]) => format!("its only key is \"{only}\""),
                (None, keys) => format!("its keys are {}", keys.join(", ")),
            };
            report.at(key.place.line, format!("unknown key \"{}\" in {}; {advice}", key.text, fields.name()));
            fields.entries.extend(meant.map(|meant| (meant, value)));
        }
        Some(fields)
    }

    /// The thing as it is called in messages.
    pub(super) fn name(&self) -> String {
        match self.present("slug").map(|slug| &slug.value) {
            Some(Value::Scalar { text, .. }) => format!("the {} \"{text}\"", self.shape.what),
            _ => self.shape.one(),
        }
    }

    /// The value of a key that is there, be it empty.
    pub(super) fn present(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| *name == key).map(|(_, node)| *node)
    }

    /// The value of a key that may be absent or empty.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.present(key).filter(|node| node.value != Value::Null)
    }

    /// The value of a key that has to be there; reports it missing.
    pub(super) fn need(&self, key: &str, report: &mut Report) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            let (line, message) = match self.present(key) {
                None => (self.line, format!("{} lacks \"{key}\": add it", self.name())),
                Some(node) => (node.place.line, format!("\"{key}\" of {} is empty: fill it in", self.name())),
            };
            report.at(line, message);
        }
        node
    }
}

impl Report {
    /// A text that has to be there, with its place.
    pub(super) fn need_text(&mut self, fields: &Fields<'_>, key: &str) -> At<String> {
        let node = fields.need(key, self);
        let text = node.and_then(|node| Some(At::new(self.text(key, node)?, self.origin(node.place.line))));
        text.unwrap_or_else(|| At::new(String::new(), REPORTED))
    }

    /// A text that has to be there and to say something.
    pub(super) fn need_title(&mut self, fields: &Fields<'_>) -> String {
        let node = fields.need("title", self);
        let Some(title) = node.and_then(|node| self.text("title", node)) else { return String::new() };
        if title.trim().is_empty() {
            let line = node.map_or(fields.line, |node| node.place.line);
            self.at(line, format!("{} has a blank \"title\": write its name", fields.name()));
        }
        title
    }

    /// A text that may be absent.
    pub(super) fn maybe_text(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        fields.get(key).and_then(|node| self.text(key, node))
    }

    /// A number that has to be there, with its place.
    pub(super) fn need_number(&mut self, fields: &Fields<'_>, key: &str) -> At<f64> {
        let node = fields.need(key, self);
        self.number(key, node).unwrap_or_else(|| At::new(1.0, REPORTED))
    }

    /// A number with its place.
    pub(super) fn number(&mut self, key: &str, node: Option<&Node>) -> Option<At<f64>> {
        let node = node?;
        match plain(node).filter(|text| is_number(text)).and_then(|text| text.parse().ok()) {
            Some(number) => Some(self.value(number, node.place.line)),
            None => self.wrong(key, node, "a number such as 40 or 2.5"),
        }
    }

    /// A whole number with its place.
    pub(super) fn integer(&mut self, key: &str, node: Option<&Node>, example: &str) -> Option<At<i64>> {
        let node = node?;
        match plain(node).and_then(|text| text.parse().ok()) {
            Some(number) => Some(self.value(number, node.place.line)),
            None => self.wrong(key, node, &format!("a whole number such as {example}")),
        }
    }

    /// The items of a list that may be absent.
    pub(super) fn items<'n>(&mut self, key: &str, node: Option<&'n Node>) -> &'n [Node] {
        match node.map(|node| (&node.value, node)) {
            None => &[],
            Some((Value::List(items), _)) => items,
            Some((_, node)) => self.wrong(key, node, "a list").unwrap_or_default(),
        }
    }

    /// A text. A number or a truth value has to be put in quotes to be one.
    pub(super) fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        match (as_text(node), &node.value) {
            (Some(text), _) => {
                let Some(found) = find_unprintable(text, Lines::Several) else {
                    return Some(text.to_owned());
                };
                let message =
                    format!("\"{key}\" has a character that it may not have ({found}): leave it out");
                self.at(node.place.line, message);
                None
            }
            (None, Value::Scalar { text, .. }) => {
                self.wrong(key, node, &format!("text, in quotes: \"{text}\""))
            }
            _ => self.wrong(key, node, "text"),
        }
    }

    fn wrong<T>(&mut self, key: &str, node: &Node, wanted: &str) -> Option<T> {
        self.at(node.place.line, format!("\"{key}\" must be {wanted}, but here is {}", found(node)));
        None
    }

    /// A place of its own for a value that is absent.
    pub(super) fn default_at<T>(&mut self, value: T, fields: &Fields<'_>) -> At<T> {
        self.value(value, fields.line)
    }
}

/// The text of a node that is one.
pub(super) fn as_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar { text, plain } if !plain || !(is_number(text) || is_bool(text)) => Some(text),
        _ => None,
    }
}

/// What stands at a node, for messages.
pub(super) fn found(node: &Node) -> String {
    match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Map(_) => "a mapping".to_owned(),
        Value::Scalar { text, plain: true } if is_number(text) => format!("the number {text}"),
        Value::Scalar { text, plain: true } if is_bool(text) => text.clone(),
        Value::Scalar { text, .. } => format!("the text {}", quoted(text)),
    }
}

/// A text in quotes, cut where it is long.
fn quoted(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    format!("\"{start}{}\"", if start.len() < text.len() { "…" } else { "" })
}

fn plain(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar { text, plain: true } => Some(text),
        _ => None,
    }
}

/// A decimal number; neither infinity nor one of the other bases of YAML.
fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) && text.parse::<f64>().is_ok()
}

fn is_bool(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}
