//! The media type of an answer, and its status.

use async_graphql::parser::types::OperationType;
use axum::http::{HeaderMap, StatusCode, header};

use crate::http::headers::listed;

/// The two media types of an answer that is given at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status tells how it went.
    GraphqlResponse,
    /// `application/json`: 200 for every well-formed request, for clients and proxies of old.
    Json,
}

/// Answers as they come.
const EVENT_STREAM: &str = "text/event-stream";

/// What a request takes for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    /// For an answer that is given at once.
    media: Option<Media>,
    /// Whether a stream of events is taken.
    takes_stream: bool,
    /// Whether it is taken before everything else.
    prefers_stream: bool,
}

impl Accepted {
    /// Of the media types that are accepted the one of the greatest weight, of equals the one named first; `None` where none is accepted.
    /// Whoever names none, or any, gets plain JSON, as clients of old expect.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut best: Option<(u16, Media)> = None;
        let mut stream: Option<u16> = None;
        let mut prefers_stream = false;
        let ranges = listed(headers, header::ACCEPT).filter(|range| !range.is_empty());
        let mut ranges = ranges.map(weighted).peekable();
        if ranges.peek().is_none() {
            return Some(Self { media: Some(Media::Json), takes_stream: false, prefers_stream: false });
        }
        for (range, weight) in ranges.filter(|(_, weight)| *weight > 0) {
            if range.eq_ignore_ascii_case(EVENT_STREAM) {
                prefers_stream |= best.is_none_or(|(most, _)| weight > most);
                stream = stream.max(Some(weight));
            } else if let Some(media) =
                Media::of(range).filter(|_| best.is_none_or(|(most, _)| weight > most))
            {
                prefers_stream &= stream.is_some_and(|stream| stream >= weight);
                best = Some((weight, media));
            }
        }
        let takes_stream = stream.is_some();
        let media = best.map(|(_, media)| media);
        (takes_stream || media.is_some()).then_some(Self { media, takes_stream, prefers_stream })
    }

    /// How something is said at once.
    pub(super) fn media(self) -> Media {
        self.media.unwrap_or(Media::Json)
    }

    /// Whether an operation is answered as a stream: a subscription can't be answered otherwise.
    pub(super) fn is_streamed(self, operation: Option<OperationType>) -> bool {
        self.prefers_stream || (self.takes_stream && operation == Some(OperationType::Subscription))
    }
}

impl Media {
    /// With the charset, which is always UTF-8.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// What a range stands for: one that leaves the choice for plain JSON.
    fn of(range: &str) -> Option<Self> {
        let is = |other: &str| range.eq_ignore_ascii_case(other);
        if is("application/json") || is("application/*") || is("*/*") {
            return Some(Self::Json);
        }
        is("application/graphql-response+json").then_some(Self::GraphqlResponse)
    }

    /// The status of a request that was not executed. One that was has 200, be it that fields of it failed.
    pub(super) const fn status_of_refused(self) -> StatusCode {
        match self {
            Self::Json => StatusCode::OK,
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
        }
    }
}

/// Whether somebody opened the address in a browser: pages come before everything else.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.trim_start().starts_with("text/html")
}

/// A media range and its weight in thousandths, 1000 if absent.
pub(super) fn weighted(range: &str) -> (&str, u16) {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (name, weight.map_or(1000, thousandths))
}

/// RFC 9110: `0` or `1` with up to three decimals. What is none counts as 0.
fn thousandths(weight: &str) -> u16 {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    let is_form = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "1" if is_form => 1000,
        "0" if is_form => format!("{decimals:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(accept: &str) -> Option<Accepted> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        Accepted::of(&headers)
    }

    #[test]
    fn the_weightiest_range_decides_and_of_equals_the_first() {
        assert_eq!(Accepted::of(&HeaderMap::new()).map(Accepted::media), Some(Media::Json));
        for (accept, media) in [
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(Media::GraphqlResponse)),
            ("application/json, application/graphql-response+json", Some(Media::Json)),
            (
                "application/json;q=0.5, application/graphql-response+json;q=0.51",
                Some(Media::GraphqlResponse),
            ),
            ("text/html, */*;q=0.1", Some(Media::Json)),
            ("application/json;q=0, */*;q=0", None),
            ("text/html", None),
            ("application/json; charset=utf-8", Some(Media::Json)),
            ("application/json;q=2", None),
            ("text/event-stream", Some(Media::Json)),
        ] {
            assert_eq!(accepted(accept).map(Accepted::media), media, "{accept}");
        }
    }

    #[test]
    fn a_stream_is_given_to_who_prefers_it_and_for_a_subscription_to_who_takes_it() {
        let (query, subscription) = (Some(OperationType::Query), Some(OperationType::Subscription));
        for (accept, of_query, of_subscription) in [
            ("text/event-stream", true, true),
            ("text/event-stream, application/json", true, true),
            ("text/event-stream;q=0.5, application/json", false, true),
            ("application/json, text/event-stream", false, true),
            ("application/json;q=0.5, text/event-stream", true, true),
            ("application/json, text/event-stream;q=0", false, false),
            ("application/json", false, false),
            ("*/*", false, false),
        ] {
            let accepted = accepted(accept).unwrap();
            assert_eq!(accepted.is_streamed(query), of_query, "{accept}");
            assert_eq!(accepted.is_streamed(subscription), of_subscription, "{accept}");
        }
    }
}
