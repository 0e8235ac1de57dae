//! An answer as JSON: at most as long as an answer may be. Heavy ones are written off the threads that serve requests.

use async_graphql::{Response, ServerError, Value};
use bytes::Bytes;
use serde::Serialize;

use super::error::{ApiError, Code};
use super::json_text::{AnswerRoom, JsonText};
use super::refused::of_request;
use crate::service::blocking;

/// The buffer of an answer to begin with, in bytes.
const CAPACITY: usize = 1 << 12;
/// The heaviest answer that is written on a thread that serves requests, by [`weight`]: less than a millisecond's work.
const LIGHT: usize = 1_000;
/// So many bytes of text weigh as much as a value.
const BYTES_OF_WEIGHT: usize = 256;

/// The answer to a request that was executed, with the errors of its fields.
///
/// Some values of the engine's response are JSON already ([`super::plain`]). Only an answer can write them, so a response never leaves
/// this folder in another form.
#[derive(Debug)]
pub struct Answer {
    json: Bytes,
    errors: Vec<ServerError>,
    headers: http::HeaderMap,
}

impl Answer {
    /// The answer of a response. What is longer than its room is an error instead; `is_done` says that something was changed for it.
    pub(super) async fn of(mut response: Response, room: AnswerRoom, is_done: bool) -> Self {
        let (headers, errors) = (std::mem::take(&mut response.http_headers), response.errors.clone());
        let json = if weight(&response.data, LIGHT).is_some() {
            Ok(json(&response, &room))
        } else {
            let room = room.clone();
            blocking(move || json(&response, &room)).await
        };
        match json {
            Ok(Some(json)) => Self { json: json.into(), errors, headers },
            Ok(None) => Self::failed(too_long(room.most(), is_done), headers),
            Err(lost) => Self::failed(lost.into(), headers),
        }
    }

    /// An error alone.
    fn failed(error: ApiError, headers: http::HeaderMap) -> Self {
        let response = Response::from_errors(vec![of_request(error)]);
        // An error alone is short.
        let json = json(&response, &AnswerRoom::new(usize::MAX)).unwrap_or_default();
        Self { json: json.into(), errors: response.errors, headers }
    }

    /// What stands in the headers of an answer over HTTP: the cookies that it sets.
    pub const fn headers(&self) -> &http::HeaderMap {
        &self.headers
    }

    /// What went wrong.
    pub fn errors(&self) -> &[ServerError] {
        &self.errors
    }

    /// The body of an answer: `errors` first, where they are seen, then `data` and `extensions`.
    pub fn json(&self) -> Bytes {
        self.json.clone()
    }
}

fn too_long(most: usize, is_done: bool) -> ApiError {
    let done = if is_done { " What the request changes has been changed." } else { "" };
    let message = format!(
        "The answer has more than {most} bytes, the most that is sent: ask for less, or in several requests.{done}"
    );
    ApiError::new(Code::QueryTooCostly, message)
        .with("limit", Value::from("bytes of the answer"))
        .with("most", Value::from(most))
}

/// The text of a response; `None` where it has no room.
fn json(response: &Response, room: &AnswerRoom) -> Option<Vec<u8>> {
    if room.is_exceeded() {
        return None;
    }
    let mut out = JsonText::new(CAPACITY + binary(&response.data), room.most());
    out.push(b'{');
    if !response.errors.is_empty() {
        out.extend_from_slice(b"\"errors\":");
        leaf(&response.errors, &mut out);
        out.push(b',');
    }
    out.extend_from_slice(b"\"data\":");
    write(&response.data, &mut out);
    if !response.extensions.is_empty() {
        out.extend_from_slice(b",\"extensions\":");
        leaf(&response.extensions, &mut out);
    }
    out.push(b'}');
    out.finish()
}

/// The work of writing a value: one for each value in it, more for long text. `None` above the most.
fn weight(value: &Value, most: usize) -> Option<usize> {
    let left = most.checked_sub(1)?;
    let add = |left: usize, value: &Value| weight(value, left).map(|weight| left - weight);
    let left = match value {
        Value::List(items) => items.iter().try_fold(left, add),
        Value::Object(fields) => fields.values().try_fold(left, add),
        Value::String(text) => left.checked_sub(text.len() / BYTES_OF_WEIGHT),
        // It is only copied.
        Value::Binary(json) => left.checked_sub(json.len() / BYTES_OF_WEIGHT / 16),
        _ => Some(left),
    };
    left.map(|left| most - left)
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

/// Writes a value as JSON, as far as there is room. What is binary is JSON already.
fn write(value: &Value, out: &mut JsonText) {
    match value {
        Value::Binary(json) => out.extend_from_slice(json),
        Value::List(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if out.is_too_long() {
                    return;
                }
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

fn separate(i: usize, out: &mut JsonText) {
    if i > 0 {
        out.push(b',');
    }
}

fn leaf(value: &(impl Serialize + ?Sized), out: &mut JsonText) {
    // Maps have string keys and numbers are finite, so this does not fail; a buffer in memory does not either.
    drop(serde_json::to_writer(out, value));
}

#[cfg(test)]
mod tests {
    use async_graphql::{Name, Pos, value};
    use serde_json::json;

    use super::*;

    const ROOMY: usize = 1 << 20;

    async fn answer(response: Response, most: usize) -> Answer {
        Answer::of(response, AnswerRoom::new(most), false).await
    }

    #[tokio::test]
    async fn an_answer_is_written_as_the_engine_would_and_what_is_json_already_as_it_is() {
        let mut response = Response::new(value!({ "a": [1, 2.5, null, true, "\"ü\n"], "b": {}, "c": [] }));
        response.errors.push(ServerError::new("wrong", Some(Pos { line: 1, column: 2 })));
        let response = response.extension("cost", value!({ "fields": 3 }));
        let engine = serde_json::to_string(&response).unwrap();
        let Value::Object(fields) = &mut response.data.clone() else { unreachable!() };
        assert_eq!(answer(response, ROOMY).await.json(), engine);

        fields.insert(Name::new("raw"), Value::Binary(r#"{"z":1,"y":[2]}"#.into()));
        let json = answer(Response::new(Value::Object(fields.clone())), ROOMY).await.json();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json["data"]["raw"], json!({ "z": 1, "y": [2] }));
    }

    #[tokio::test]
    async fn what_is_heavy_is_written_elsewhere_and_is_the_same() {
        let items: Vec<Value> = (0..10 * LIGHT).map(Value::from).collect();
        assert_eq!(
            (weight(&Value::List(items[..9].to_vec()), 10), weight(&Value::List(items.clone()), LIGHT)),
            (Some(10), None)
        );
        let response = Response::new(Value::List(items));
        let engine = serde_json::to_string(&response).unwrap();
        assert_eq!(answer(response, ROOMY).await.json(), engine);
    }

    #[tokio::test]
    async fn what_is_too_long_is_an_error_and_not_a_part() {
        let exactly = |most: usize| answer(Response::new(value!({ "a": ["x", "y"] })), most);
        let whole = exactly(ROOMY).await.json();
        assert_eq!(exactly(whole.len()).await.json(), whole);
        let refused = exactly(whole.len() - 1).await;
        let json: serde_json::Value = serde_json::from_slice(&refused.json()).unwrap();
        assert_eq!((&json["data"], refused.errors().len()), (&serde_json::Value::Null, 1));
        assert_eq!(
            json["errors"][0]["extensions"],
            json!({ "code": "QUERY_TOO_COSTLY", "limit": "bytes of the answer", "most": whole.len() - 1 })
        );
        // A field takes its bytes from the room while the request is executed.
        let room = AnswerRoom::new(ROOMY);
        room.take(None);
        let refused = Answer::of(Response::new(value!({ "a": null })), room, true).await;
        assert!(refused.errors()[0].message.ends_with("has been changed."));
    }
}
