//! Which media type an answer has, and by which edition of the specification its status is chosen.

use axum::http::{HeaderMap, StatusCode, header};

use crate::config::Edition;

/// The two media types of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status tells how it went.
    GraphqlResponse,
    /// `application/json`: 200 for every well-formed request, for clients and proxies of old.
    Json,
}

impl Media {
    const ALL: [Self; 2] = [Self::GraphqlResponse, Self::Json];

    /// With the charset, which is always UTF-8.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    fn matches(self, range: &str) -> bool {
        let own = self.content_type().split(';').next().unwrap_or_default();
        range.eq_ignore_ascii_case(own) || range.eq_ignore_ascii_case("application/*") || range == "*/*"
    }

    /// What a request accepts: the media type of the greatest weight, of equals the one named first; `None` where it accepts neither.
    /// Whoever names none, or any, gets plain JSON, as clients of old expect.
    pub(super) fn accepted(headers: &HeaderMap) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        let mut is_named = false;
        for value in headers.get_all(header::ACCEPT) {
            for range in
                value.to_str().unwrap_or_default().split(',').filter(|range| !range.trim().is_empty())
            {
                is_named = true;
                let (range, weight) = weighted(range);
                let preferred =
                    if range.ends_with("/*") { [Self::Json, Self::GraphqlResponse] } else { Self::ALL };
                let media = preferred.into_iter().find(|media| media.matches(range));
                if let Some(media) =
                    media.filter(|_| weight > 0 && best.is_none_or(|(most, _)| weight > most))
                {
                    best = Some((weight, media));
                }
            }
        }
        if is_named { best.map(|(_, media)| media) } else { Some(Self::Json) }
    }

    /// The status of a request that was not executed.
    pub(super) const fn status_of_request_error(self, is_parsed: bool, edition: Edition) -> StatusCode {
        match (self, edition, is_parsed) {
            (Self::Json, ..) => StatusCode::OK,
            (Self::GraphqlResponse, Edition::First, true) => StatusCode::UNPROCESSABLE_ENTITY,
            (Self::GraphqlResponse, ..) => StatusCode::BAD_REQUEST,
        }
    }

    /// The status of an answer; `is_partial` where there are errors beside data.
    pub(super) fn status_of_answer(self, is_partial: bool, edition: Edition) -> StatusCode {
        let partial = StatusCode::from_u16(294).unwrap_or(StatusCode::OK);
        let is_told = self == Self::GraphqlResponse && edition == Edition::First && is_partial;
        if is_told { partial } else { StatusCode::OK }
    }
}

/// Whether somebody opened the address in a browser: pages come before everything else.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.trim_start().starts_with("text/html")
}

/// A media range and its weight in thousandths, 1000 if absent.
fn weighted(range: &str) -> (&str, u16) {
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

    fn accepted(accept: &str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        Media::accepted(&headers)
    }

    #[test]
    fn the_weightiest_range_decides_and_of_equals_the_first() {
        assert_eq!(Media::accepted(&HeaderMap::new()), Some(Media::Json));
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
        ] {
            assert_eq!(accepted(accept), media, "{accept}");
        }
    }
}
