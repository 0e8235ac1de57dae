//! Uploads, as the GraphQL multipart request specification has them: the operation is one part of the body, and each file another.
//!
//! What is uploaded is text. It takes its place among the variables, and from there on the request is like any other.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::ready;

use async_graphql::Request;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use futures_util::FutureExt as _;
use futures_util::stream::once;
use multer::{Multipart, parse_boundary};
use serde_json::{Map, Value};

use super::answer::{Refusal, shortened};
use super::{json, read};
use crate::http::LARGEST_BODY;

/// The largest body with uploads that is read, in bytes.
pub(super) const LARGEST: usize = 8 << 20;
/// The most parts of a body.
const MOST_PARTS: usize = 12;

/// Headers that no form can send, as servers agreed on them.
const PREFLIGHTED: [HeaderName; 2] = [
    HeaderName::from_static("graphql-require-preflight"),
    HeaderName::from_static("apollo-require-preflight"),
];

/// What divides the parts of a body that has some.
pub(super) fn boundary(headers: &HeaderMap) -> Option<String> {
    parse_boundary(headers.get(header::CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// Whether a body in parts may come. A form of another site can send one unasked, but not with such a header.
pub(super) fn preflighted(headers: &HeaderMap) -> Result<(), Refusal> {
    if !PREFLIGHTED.iter().any(|name| headers.get(name).is_some_and(|value| !value.is_empty())) {
        let message = "A body in parts comes with the header GraphQL-Require-Preflight: 1, since no form can send that.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, message).with_code("FORBIDDEN"));
    }
    Ok(())
}

/// The refusal of an upload by somebody who is not signed in: so much is read of nobody else.
pub(super) fn anonymous() -> Refusal {
    let message = "Uploads are for those who are signed in: sign in, or send a token.";
    Refusal::new(StatusCode::UNAUTHORIZED, message).with_code("UNAUTHENTICATED")
}

/// The request of a body in parts.
pub(super) fn request(bytes: &Bytes, boundary: &str) -> Result<Request, Refusal> {
    // All of it is there, so nothing waits.
    let mut texts = texts(bytes, boundary).now_or_never().unwrap_or_else(|| Err(unreadable()))?;
    let mut operation = object(&mut texts, "operations")?;
    for (name, places) in object(&mut texts, "map")? {
        let text = texts.remove(&name).ok_or_else(|| {
            let name = shortened(&name);
            Refusal::bad(format!("The map names the part \"{name}\", which is not there."))
        })?;
        place(&mut operation, &places, text)?;
    }
    read::request(operation)
}

/// The parts by their names.
async fn texts(bytes: &Bytes, boundary: &str) -> Result<HashMap<String, String>, Refusal> {
    let mut parts = Multipart::new(once(ready(Ok::<_, Infallible>(bytes.clone()))), boundary);
    let mut texts = HashMap::new();
    loop {
        let part = parts.next_field().await.map_err(|_| unreadable())?;
        let Some(part) = part else { break };
        let name = part.name().unwrap_or_default().to_owned();
        let text = part.bytes().await.map_err(|_| unreadable())?;
        let text = String::from_utf8(text.to_vec()).map_err(|_| {
            let name = shortened(&name);
            Refusal::bad(format!("The part \"{name}\" is not UTF-8: save it in that encoding."))
        })?;
        if texts.contains_key(&name) {
            return Err(Refusal::bad(format!(
                "The body has the part \"{}\" twice: name each part once.",
                shortened(&name)
            )));
        }
        texts.insert(name, text);
        if texts.len() > MOST_PARTS {
            return Err(Refusal::bad(format!("The body has more than {MOST_PARTS} parts.")));
        }
    }
    Ok(texts)
}

fn unreadable() -> Refusal {
    Refusal::bad("The parts of the body can't be read: divide them by the boundary of the content type.")
}

/// A part that is an object of JSON.
fn object(texts: &mut HashMap<String, String>, name: &str) -> Result<Map<String, Value>, Refusal> {
    let text = texts.remove(name).filter(|text| text.len() <= LARGEST_BODY);
    let parsed = text.map(|text| json::parse(text.as_bytes())).transpose();
    let parsed = parsed.map_err(|wrong| Refusal::bad(format!("The part \"{name}\" {wrong}.")))?;
    match parsed {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(Refusal::bad(format!(
            "The part \"{name}\" must be a JSON object, of at most {LARGEST_BODY} bytes."
        ))),
    }
}

/// Puts a text where the map says, in one place among the variables, which is null so far. What is asked for is in no upload.
fn place(operation: &mut Map<String, Value>, places: &Value, text: String) -> Result<(), Refusal> {
    let wrong = || {
        Refusal::bad(
            "The map must lead each part to one place among the variables that is null, such as [\"variables.file\"].",
        )
    };
    let Some([Value::String(path)]) = places.as_array().map(Vec::as_slice) else { return Err(wrong()) };
    let mut names = path.strip_prefix("variables.").ok_or_else(wrong)?.split('.');
    let first = operation.get_mut("variables").ok_or_else(wrong)?;
    let place = names.try_fold(first, |value, name| match value {
        Value::Object(fields) => fields.get_mut(name),
        Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
        _ => None,
    });
    match place {
        Some(place) if place.is_null() => {
            *place = Value::String(text);
            Ok(())
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A body of parts.
    fn body(parts: &[(&str, &str)]) -> Bytes {
        let part = |(name, text): &(&str, &str)| {
            let file = if *name == "0" { "; filename=\"catalog.yaml\"" } else { "" };
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
        };
        format!("{}--x--\r\n", parts.iter().map(part).collect::<String>()).into()
    }

    fn refused(parts: &[(&str, &str)]) -> String {
        request(&body(parts), "x").unwrap_err().message().to_owned()
    }

    #[test]
    fn a_file_takes_its_place_among_the_variables() {
        let operations = r#"{ "query": "{ x }", "variables": { "a": [{ "b": null }] } }"#;
        let parts =
            [("operations", operations), ("map", r#"{ "0": ["variables.a.0.b"] }"#), ("0", "areas: []\n")];
        let request = request(&body(&parts), "x").unwrap();
        assert_eq!(
            request.variables.into_value().into_json().unwrap(),
            json!({ "a": [{ "b": "areas: []\n" }] })
        );
    }

    #[test]
    fn a_file_takes_no_place_but_among_the_variables() {
        let map = |path: &str| format!("{{ \"0\": [\"{path}\"] }}");
        for (operations, path) in [
            (r#"{ "query": null }"#, "query"),
            (r#"{ "query": "{ x }", "operationName": null }"#, "operationName"),
            (r#"{ "query": "{ x }", "extensions": { "a": null } }"#, "extensions.a"),
            (r#"{ "query": "{ x }", "variables": null }"#, "variables"),
        ] {
            let parts = [("operations", operations), ("map", &*map(path)), ("0", "x")];
            assert!(refused(&parts).contains("among the variables"), "{path}");
        }
    }

    #[test]
    fn what_is_wrong_with_the_parts_is_said() {
        let operations = ("operations", r#"{ "query": "{ x }", "variables": { "a": null, "b": 1 } }"#);
        assert!(refused(&[]).contains("operations"));
        assert!(refused(&[("operations", "[]")]).contains("must be a JSON object"));
        assert!(refused(&[operations]).contains("\"map\""));
        let map = ("map", r#"{ "0": ["variables.a"] }"#);
        assert!(refused(&[operations, map]).contains("which is not there"));
        for places in [r#"["variables.b"]"#, r#"["variables.c"]"#, r#"["variables.a", "query"]"#, "1", "[]"] {
            let map = format!("{{ \"0\": {places} }}");
            assert!(refused(&[operations, ("map", &map), ("0", "x")]).contains("one place"), "{places}");
        }
        assert!(refused(&[operations, operations, map]).contains("\"operations\" twice"));
        assert!(refused(&[operations, map, ("0", "x"), ("0", "y")]).contains("\"0\" twice"));
        assert!(request(&"nonsense".into(), "x").unwrap_err().message().contains("can't be read"));
    }
}
