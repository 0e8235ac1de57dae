//! JSON as it is taken from clients: strict where readers differ.
//!
//! A name that stands twice in one object is refused, at any depth. RFC 8259 leaves open what it means: whatever stands in front of this server,
//! or behind it in a log, may have read the other value. A byte order mark in front is passed over, as the same document allows, since some
//! programs write one.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::answer::shortened;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a text as JSON.
///
/// # Errors
/// What is wrong with it, as the end of a sentence.
pub(super) fn parse(text: &[u8]) -> Result<Value, String> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err("is empty".into());
    }
    let doubled = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(text);
    let read = Unique(&doubled).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| match doubled.into_inner() {
        Some(name) => format!("has the name \"{}\" twice in one object", shortened(&name)),
        None => format!("is not JSON (line {}, column {})", error.line(), error.column()),
    })
}

/// A value in which no object has a name twice. Where one does, the name is left in the cell.
#[derive(Clone, Copy)]
struct Unique<'a>(&'a RefCell<Option<String>>);

impl<'de> DeserializeSeed<'de> for Unique<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if object.contains_key(&name) {
                self.0.replace(Some(name));
                return Err(A::Error::custom("doubled"));
            }
            object.insert(name, entries.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_read_as_it_is_elsewhere() {
        let text = r#" {"a":[null,true,-1,18446744073709551615,1.5e3,"ü\n\ud83d\ude00"],"b":{"":{}}} "#;
        assert_eq!(parse(text.as_bytes()), Ok(serde_json::from_str(text).unwrap()));
        assert_eq!(parse(b"\xef\xbb\xbf{}"), Ok(json!({})));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_parsers_words() {
        let deep = "[".repeat(200);
        for (text, said) in [
            ("", "is empty"),
            (" \n", "is empty"),
            ("{", "is not JSON (line 1, column 1)"),
            ("{} x", "is not JSON (line 1, column 4)"),
            ("{}{}", "is not JSON (line 1, column 3)"),
            ("\u{feff}\u{feff}{}", "is not JSON (line 1, column 1)"),
            (r#"{"a":1,"a":2}"#, "has the name \"a\" twice in one object"),
            (r#"{"v":[{"\u0061":1,"a":2}]}"#, "has the name \"a\" twice in one object"),
            (&deep, "is not JSON (line 1, column 128)"),
        ] {
            assert_eq!(parse(text.as_bytes()), Err(said.to_owned()), "{text}");
        }
        assert!(parse(b"\xff").is_err() && parse(b"\"\xff\"").is_err());
        let long = format!("{{\"{0}\":1,\"{0}\":1}}", "n".repeat(500));
        assert!(parse(long.as_bytes()).is_err_and(|said| said.len() < 200));
    }
}
