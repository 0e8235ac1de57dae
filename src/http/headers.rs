//! Lists in headers, the host that is asked, and what every answer tells browsers: not to guess, not to frame, not to tell where somebody came from, and to load nothing.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// For what is no page; pages have a policy of their own.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// The items of a header that is a list (RFC 9110, 5.6.1), over all of its lines; empty ones too.
pub(super) fn listed(headers: &HeaderMap, name: HeaderName) -> impl DoubleEndedIterator<Item = &str> {
    let lines = headers.get_all(name).into_iter();
    let items = lines.flat_map(|line| line.to_str().unwrap_or_default().split(','));
    items.map(str::trim)
}

/// Puts the host among the headers: HTTP/2 says in the address what HTTP/1 says in a header.
pub(super) fn put_host(parts: &mut Parts) {
    if let Some(host) = parts.uri.authority().and_then(|host| HeaderValue::try_from(host.as_str()).ok()) {
        parts.headers.entry(header::HOST).or_insert(host);
    }
}

/// Adds the headers where an answer does not have its own.
pub(super) fn add_strict(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
}
