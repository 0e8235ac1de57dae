//! An answer, and its JSON.

use async_graphql::{Response, ServerError, Value};
use serde::Serialize;

/// The buffer of an answer to begin with, in bytes.
const CAPACITY: usize = 1 << 12;

/// The answer to a request that was executed, with the errors of its fields.
#[derive(Debug)]
pub struct Answer(Response);

impl Answer {
    pub(crate) const fn new(response: Response) -> Self {
        Self(response)
    }

    /// What stands in the headers of an answer over HTTP: the cookies that it sets.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.0.http_headers
    }

    /// What went wrong.
    pub fn errors(&self) -> &[ServerError] {
        &self.0.errors
    }

    /// As the body of an answer: `errors` first, where they are seen, then `data` and `extensions`.
    pub fn json(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(CAPACITY + binary(&self.0.data));
        out.push(b'{');
        if !self.0.errors.is_empty() {
            out.extend_from_slice(b"\"errors\":");
            leaf(&self.0.errors, &mut out);
            out.push(b',');
        }
        out.extend_from_slice(b"\"data\":");
        write(&self.0.data, &mut out);
        if !self.0.extensions.is_empty() {
            out.extend_from_slice(b",\"extensions\":");
            leaf(&self.0.extensions, &mut out);
        }
        out.push(b'}');
        out
    }

    /// The data as a value.
    pub fn into_data(self) -> Value {
        expanded(self.0.data)
    }
}

/// How many bytes there are that are JSON already.
fn binary(value: &Value) -> usize {
    match value {
        Value::Binary(json) => json.len(),
        Value::Object(fields) => fields.values().map(binary).sum(),
        Value::List(items) => items.iter().map(binary).sum(),
        _ => 0,
    }
}

/// Writes a value as JSON. What is binary is JSON already: see [`super::plain`].
fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Binary(json) => out.extend_from_slice(json),
        Value::List(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                separate(i, out);
                write(item, out);
            }
            out.push(b']');
        }
        Value::Object(fields) => {
            out.push(b'{');
            for (i, (name, field)) in fields.iter().enumerate() {
                separate(i, out);
                leaf(name.as_str(), out);
                out.push(b':');
                write(field, out);
            }
            out.push(b'}');
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Enum(_) => {
            leaf(value, out);
        }
    }
}

fn separate(i: usize, out: &mut Vec<u8>) {
    if i > 0 {
        out.push(b',');
    }
}

fn leaf(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    // Maps have string keys and numbers are finite, so this does not fail; a buffer in memory does not either.
    drop(serde_json::to_writer(out, value));
}

fn expanded(value: Value) -> Value {
    match value {
        Value::Binary(json) => serde_json::from_slice(&json).unwrap_or_default(),
        Value::List(items) => Value::List(items.into_iter().map(expanded).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, field)| (name, expanded(field))).collect())
        }
        leaf => leaf,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Name, Pos, value};
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_written_as_the_engine_would_and_what_is_json_already_as_it_is() {
        let mut response = Response::new(value!({ "a": [1, 2.5, null, true, "\"ü\n"], "b": {}, "c": [] }));
        response.errors.push(ServerError::new("wrong", Some(Pos { line: 1, column: 2 })));
        let response = response.extension("cost", value!({ "fields": 3 }));
        let engine = serde_json::to_string(&response).unwrap();
        let Value::Object(fields) = &mut response.data.clone() else { unreachable!() };
        assert_eq!(String::from_utf8(Answer::new(response).json()).unwrap(), engine);

        fields.insert(Name::new("raw"), Value::Binary(r#"{"z":1,"y":[2]}"#.into()));
        let answer = || Answer::new(Response::new(Value::Object(fields.clone())));
        let json: serde_json::Value = serde_json::from_slice(&answer().json()).unwrap();
        assert_eq!(json["data"]["raw"], json!({ "z": 1, "y": [2] }));
        let data = serde_json::to_string(&answer().into_data()).unwrap();
        assert_eq!(format!("{{\"data\":{data}}}").into_bytes(), answer().json());
    }
}
