//! YAML, and with it JSON, as a tree of nodes that know their places.
//!
//! The tree is built from the parser's events with a stack on the heap, so that no file overflows the call stack. What the format has
//! no use for and an attacker has is refused: anchors and aliases (few bytes that expand to gigabytes), merge keys, tags, further
//! documents, deep nesting.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

/// The format itself needs nine levels.
const DEEPEST: usize = 32;

/// Where a node or a key begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Counted from 1.
    pub(super) line: u32,
    /// Counted from 1, in characters.
    pub(super) column: u32,
}

/// A value of the file with its place.
#[derive(Debug, PartialEq)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) value: Value,
}

#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Null,
    /// Plain is what stands without quotes, and may be a number.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    /// In the order of the file, each key once.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping with its place.
#[derive(Debug, PartialEq)]
pub(super) struct Key {
    pub(super) place: Place,
    pub(super) text: String,
}

/// Something that keeps the text from being a tree.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) place: Place,
    pub(super) message: String,
}

/// A text as far as it could be read.
#[derive(Debug)]
pub(super) struct Parsed {
    /// `None` where the reading broke off; [`Value::Null`] where there is nothing to read.
    pub(super) root: Option<Node>,
    pub(super) faults: Vec<Fault>,
}

/// Reads one document. Linear time.
pub(super) fn parse(text: &str) -> Parsed {
    let mut builder = Builder::default();
    match builder.read(text) {
        Ok(()) => {
            let nothing = || Node { place: Place { line: 1, column: 1 }, value: Value::Null };
            Parsed { root: Some(builder.root.unwrap_or_else(nothing)), faults: builder.faults }
        }
        Err(fault) => {
            builder.faults.push(fault);
            Parsed { root: None, faults: builder.faults }
        }
    }
}

/// The pairs of escapes by which JSON writes a character beyond U+FFFF (`\ud83d\ude00`), as that character: YAML has no such pairs.
pub(super) fn join_surrogates(text: &str) -> Cow<'_, str> {
    let mut joined = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let pair =
            surrogate(&rest[at..], 0xD800).zip(rest.get(at + 6..).and_then(|low| surrogate(low, 0xDC00)));
        let character = pair.and_then(|(high, low)| char::from_u32(0x1_0000 + (high << 10) + low));
        joined.push_str(&rest[..at]);
        let next = if let Some(character) = character {
            joined.push(character);
            at + 12
        } else {
            // The escaped character goes along: it may be a backslash that escapes nothing.
            let end = rest[at + 1..].chars().next().map_or(rest.len(), |c| at + 1 + c.len_utf8());
            joined.push_str(&rest[at..end]);
            end
        };
        rest = &rest[next..];
    }
    if joined.is_empty() {
        return Cow::Borrowed(text);
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

/// The ten bits of a surrogate that the text begins with.
fn surrogate(text: &str, base: u32) -> Option<u32> {
    let digits =
        text.strip_prefix("\\u")?.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    code.checked_sub(base).filter(|bits| *bits < 0x400)
}

/// A list or mapping whose end has not been seen yet.
enum Open {
    List { place: Place, items: Vec<Node> },
    Map { place: Place, entries: Vec<(Key, Node)>, lines: HashMap<String, u32>, key: Option<Key> },
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    faults: Vec<Fault>,
}

impl Builder {
    fn read(&mut self, text: &str) -> Result<(), Fault> {
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| syntax(&error, text))?;
            let place = place(span.start);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(fault(place, "a second document begins here: keep one document a file"));
                    }
                }
                Event::Alias(_) => return Err(no_anchors(place)),
                Event::Scalar(text, style, anchor, tag) => {
                    allowed(place, anchor, tag.is_some())?;
                    self.put(scalar(place, text, style))?;
                }
                Event::SequenceStart(anchor, tag) => {
                    allowed(place, anchor, tag.is_some())?;
                    self.open(Open::List { place, items: Vec::new() })?;
                }
                Event::MappingStart(anchor, tag) => {
                    allowed(place, anchor, tag.is_some())?;
                    self.open(Open::Map { place, entries: Vec::new(), lines: HashMap::new(), key: None })?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close()?,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    fn open(&mut self, open: Open) -> Result<(), Fault> {
        let (Open::List { place, .. } | Open::Map { place, .. }) = open;
        if self.open.len() == DEEPEST {
            return Err(fault(
                place,
                format!("nested more than {DEEPEST} levels deep: the format needs no such depth"),
            ));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        match self.open.pop() {
            Some(Open::List { place, items }) => self.put(Node { place, value: Value::List(items) }),
            Some(Open::Map { place, entries, .. }) => self.put(Node { place, value: Value::Map(entries) }),
            None => Ok(()),
        }
    }

    /// Gives a node to what is open, or makes it the root.
    fn put(&mut self, node: Node) -> Result<(), Fault> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { key: key @ None, .. }) => *key = Some(as_key(node)?),
            Some(Open::Map { entries, lines, key, .. }) => {
                let Some(key) = key.take() else { return Ok(()) };
                if let Some(first) = lines.get(&key.text) {
                    let message =
                        format!("the key \"{}\" stands twice, first in line {first}: keep one", key.text);
                    self.faults.push(fault(key.place, message));
                } else {
                    lines.insert(key.text.clone(), key.place.line);
                    entries.push((key, node));
                }
            }
        }
        Ok(())
    }
}

fn as_key(node: Node) -> Result<Key, Fault> {
    let place = node.place;
    match node.value {
        Value::Scalar { text, plain: true } if text == "<<" => {
            Err(fault(place, "merge keys (<<) are not allowed: write the values out"))
        }
        Value::Scalar { text, .. } => Ok(Key { place, text }),
        Value::Null => Err(fault(place, "a key is missing before the colon")),
        Value::List(_) | Value::Map(_) => Err(fault(place, "a key must be text, not a list or a mapping")),
    }
}

fn scalar(place: Place, text: Cow<'_, str>, style: ScalarStyle) -> Node {
    let plain = style == ScalarStyle::Plain;
    let null = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
    let value = if null { Value::Null } else { Value::Scalar { text: text.into_owned(), plain } };
    Node { place, value }
}

fn allowed(place: Place, anchor: usize, tag: bool) -> Result<(), Fault> {
    if anchor > 0 {
        Err(no_anchors(place))
    } else if tag {
        Err(fault(
            place,
            "tags (!) are not allowed: put a text that begins with an exclamation mark in quotes",
        ))
    } else {
        Ok(())
    }
}

fn no_anchors(place: Place) -> Fault {
    fault(place, "anchors (&) and aliases (*) are not allowed: write the value out, or put a text in quotes")
}

fn syntax(error: &ScanError, text: &str) -> Fault {
    let (info, mut place) = (error.info(), place(*error.marker()));
    let has = |words: &str| info.contains(words);
    let advice = if has("unknown anchor") {
        return no_anchors(place);
    } else if has("mapping values are not allowed") || has("illegal placement of ':'") {
        "check the indentation, and put a text with a colon in quotes"
    } else if has("tab") {
        place.line = tab_from(text, place.line);
        "indent with spaces"
    } else if has("quoted scalar")
        && (has("indentation") || has("end of stream") || has("document indicator"))
    {
        "a quotation mark is not closed"
    } else if has("expected ','") {
        "a bracket is not closed"
    } else if has("escape character") {
        "write a backslash twice in double quotes"
    } else {
        "check the indentation, quotes and brackets here and in the line before"
    };
    fault(place, format!("not valid YAML ({info}): {advice}"))
}

/// The first line from the one given on that is indented by a tab: the parser names the line in which the value began.
fn tab_from(text: &str, line: u32) -> u32 {
    let lines = (1..).zip(text.lines()).skip_while(|(number, _)| *number < line);
    let mut indented = lines.filter(|(_, text)| text.trim_start_matches(' ').starts_with('\t'));
    indented.next().map_or(line, |(number, _)| number)
}

fn fault(place: Place, message: impl Into<String>) -> Fault {
    Fault { place, message: message.into() }
}

fn place(mark: Marker) -> Place {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place { line: number(mark.line()), column: number(mark.col() + 1) }
}

#[cfg(test)]
mod tests;
