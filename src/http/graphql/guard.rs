//! What is refused although its form is right: requests that another site made a browser send, and changes by `GET`.

use async_graphql::parser::types::OperationType;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};

use super::answer::Refusal;

/// Where browsers say a request comes from.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Browsers say where a request comes from. One from another site is answered only where the settings name its origin.
///
/// A body of JSON can't be sent unasked, since that takes a preflight; an address can, as a picture or a link.
pub(in crate::http) fn origin(headers: &HeaderMap, allowed: &[String]) -> Result<(), Refusal> {
    let is_foreign = matches!(text(headers, SEC_FETCH_SITE), Some("cross-site" | "same-site"));
    if !is_foreign || text(headers, header::ORIGIN).is_some_and(|origin| is_named(origin, allowed)) {
        return Ok(());
    }
    let message =
        "The request comes from another site. Name its origin with --cors-origin, if it is to be answered.";
    Err(Refusal::new(StatusCode::FORBIDDEN, message).with_code("FORBIDDEN"))
}

/// Whether a page may open a WebSocket: one of this very server, or of an origin that the settings name. What is no browser has no origin.
pub(super) fn page(headers: &HeaderMap, allowed: &[String]) -> bool {
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    let Some(origin) = text(headers, header::ORIGIN) else { return false };
    is_own(origin, headers) || is_named(origin, allowed)
}

/// Whether no page of another site has a part in a request: browsers name the page's origin in whatever is not a mere look at an address.
pub(in crate::http) fn is_own_page(headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    origin.is_none_or(|origin| is_own(origin, headers))
}

/// Whether an origin is this very server.
fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    origin.split_once("://").is_some_and(|(_, host)| text(headers, header::HOST) == Some(host))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether the settings name an origin.
fn is_named(origin: &str, allowed: &[String]) -> bool {
    allowed.iter().any(|allowed| allowed == origin)
}

/// `GET` is for queries, and for what is followed as a stream of events.
pub(super) fn method(operation: OperationType, is_get: bool, is_streamed: bool) -> Result<(), Refusal> {
    match operation {
        OperationType::Subscription if is_streamed => Ok(()),
        kind if is_get && kind != OperationType::Query => {
            let message = format!("A {kind} can't be asked for with GET: send it with POST.");
            Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message).with_allow("POST"))
        }
        _ => Ok(()),
    }
}
