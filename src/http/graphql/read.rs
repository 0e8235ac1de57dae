//! From HTTP to a request: the parameters of an address, or a body of JSON.

use async_graphql::{Request, Variables};
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use serde_json::{Map, Value};

use super::answer::{Refusal, shortened};
use super::json;
use crate::graphql::DOCUMENT_ID;
use crate::service::{Lost, reading};

/// The longest text that is read on a thread that serves requests, in bytes: less than a millisecond's work.
const SHORT: usize = 8 << 10;

/// Reads a text of so many bytes; a long one off the threads that serve requests.
///
/// # Errors
/// Fails where the reading panics.
pub(super) async fn apart<T: Send + 'static>(
    bytes: usize,
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Lost> {
    if bytes <= SHORT { Ok(read()) } else { reading(read).await }
}

/// JSON alone: what a form or a script of another site can send without being asked for is none.
pub(super) fn content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = kind.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.filter_map(|part| part.split_once('=')).all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    if is_json && is_utf8 {
        return Ok(());
    }
    let kind = shortened(kind);
    let message = format!("The content type is \"{kind}\": send application/json, in UTF-8.");
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
}

/// The request of a body.
pub(super) fn body(bytes: &[u8]) -> Result<Request, Refusal> {
    let parsed = json::parse(bytes).map_err(|wrong| {
        Refusal::bad(format!(
            "The body {wrong}: send {{\"query\": …, \"variables\": …, \"operationName\": …}}."
        ))
    })?;
    let parameters = match parsed {
        Value::Object(parameters) => parameters,
        Value::Array(_) => {
            return Err(Refusal::bad("The body is a list: batches are not taken, send one request each."));
        }
        _ => return Err(Refusal::bad("The body must be a JSON object with \"query\".")),
    };
    request(parameters)
}

/// The request of an address: variables and extensions are JSON.
pub(super) fn parameters(text: &[u8]) -> Result<Request, Refusal> {
    let text = String::from_utf8_lossy(text);
    let bad = || Refusal::bad("The address's parameters can't be read: encode them as a form is.");
    let uri: Uri = format!("/?{text}").parse().map_err(|_| bad())?;
    let Query(pairs): Query<Vec<(String, String)>> = Query::try_from_uri(&uri).map_err(|_| bad())?;
    let mut parameters = Map::new();
    for (name, value) in pairs {
        let is_json = name == "variables" || name == "extensions";
        let value = if is_json && !value.is_empty() {
            json::parse(value.as_bytes())
                .map_err(|wrong| Refusal::bad(format!("The parameter \"{name}\" {wrong}.")))?
        } else if value.is_empty() && name != "query" {
            Value::Null
        } else {
            Value::String(value)
        };
        if parameters.insert(name.clone(), value).is_some() {
            let name = shortened(&name);
            return Err(Refusal::bad(format!("The parameter \"{name}\" is there twice.")));
        }
    }
    request(parameters)
}

/// The request of its parameters, which are the same for every way that it comes by.
pub(super) fn request(mut parameters: Map<String, Value>) -> Result<Request, Refusal> {
    let document_id = match parameters.remove(DOCUMENT_ID) {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) if !id.is_empty() => Some(id),
        Some(_) => return Err(Refusal::bad("\"documentId\" must be a string: the id of a document.")),
    };
    let query = match parameters.remove("query") {
        Some(Value::String(_)) if document_id.is_some() => {
            return Err(Refusal::bad("\"documentId\" stands in place of \"query\": send one of them."));
        }
        Some(Value::String(query)) => query,
        Some(_) => return Err(Refusal::bad("\"query\" must be a string: the document.")),
        // A document may be named by an id or a hash instead.
        None if document_id.is_some() => String::new(),
        None if parameters
            .get("extensions")
            .is_some_and(|extensions| extensions["persistedQuery"].is_object()) =>
        {
            String::new()
        }
        None => return Err(Refusal::bad("\"query\" is missing: send the document.")),
    };
    let mut request = Request::new(query);
    request.operation_name = match parameters.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => return Err(Refusal::bad("\"operationName\" must be a string, or null.")),
    };
    if let Some(variables) = object("variables", parameters.remove("variables"))? {
        request.variables = Variables::from_json(Value::Object(variables));
    }
    for (name, value) in object("extensions", parameters.remove("extensions"))?.into_iter().flatten() {
        // JSON is a part of what GraphQL's values can say.
        request.extensions.insert(name, async_graphql::Value::from_json(value).unwrap_or_default());
    }
    request.extensions.remove(DOCUMENT_ID);
    if let Some(id) = document_id {
        request.extensions.insert(DOCUMENT_ID.to_owned(), id.into());
    }
    Ok(request)
}

fn object(name: &str, value: Option<Value>) -> Result<Option<Map<String, Value>>, Refusal> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(Refusal::bad(format!("\"{name}\" must be an object, or null."))),
    }
}
