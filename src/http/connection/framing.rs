//! What HTTP/1.1 asks of a message and hyper leaves to its user: one valid `Host`, and no coding of the transfer but `chunked`.
//!
//! A message with both `Transfer-Encoding` and `Content-Length` is read by the former, and its connection closed after it (RFC 9112, 6.3): hyper
//! does both, so nothing that follows such a message is taken for another request.

use axum::body::Body;
use http::uri::Authority;
use http::{HeaderValue, Request, Response, StatusCode, Version, header};

use crate::http::headers::listed;

/// The refusal of a message that is not well formed.
pub(super) fn refusal<B>(request: &Request<B>) -> Option<Response<Body>> {
    let headers = request.headers();
    if request.version() == Version::HTTP_11 {
        let mut hosts = headers.get_all(header::HOST).into_iter();
        let (first, second) = (hosts.next(), hosts.next());
        if second.is_some() || !first.is_some_and(is_host) {
            return Some(refused(
                StatusCode::BAD_REQUEST,
                "A request has exactly one header Host: send one.\n",
            ));
        }
    }
    if listed(headers, header::TRANSFER_ENCODING).any(|coding| !coding.eq_ignore_ascii_case("chunked")) {
        let message =
            "The only transfer coding that is taken is chunked: send the body without the others.\n";
        return Some(refused(StatusCode::NOT_IMPLEMENTED, message));
    }
    None
}

/// Whether a value is a host, perhaps with a port (RFC 9110, 7.2). It may be empty.
fn is_host(value: &HeaderValue) -> bool {
    let authority = |text: &str| !text.contains('@') && text.parse::<Authority>().is_ok();
    value.to_str().is_ok_and(|text| text.is_empty() || authority(text))
}

/// The connection ends with it, since what follows may not be what it seems.
fn refused(status: StatusCode, message: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(message));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(version: Version, headers: &[(&str, &str)]) -> Option<u16> {
        let request = Request::builder().version(version);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        refusal(&request.body(()).unwrap()).map(|response| response.status().as_u16())
    }

    #[test]
    fn a_request_of_http_1_1_has_one_valid_host() {
        let of = |hosts: &[&str]| {
            status(Version::HTTP_11, &hosts.iter().map(|host| ("host", *host)).collect::<Vec<_>>())
        };
        for host in ["example.org", "localhost:8000", "[::1]:80", "192.0.2.1", ""] {
            assert_eq!(of(&[host]), None, "{host}");
        }
        for hosts in [&[][..], &["a", "a"], &["a", "b"], &["a b"], &["user@a"], &["a/b"]] {
            assert_eq!(of(hosts), Some(400), "{hosts:?}");
        }
        assert_eq!(status(Version::HTTP_10, &[]), None);
        assert_eq!(status(Version::HTTP_2, &[]), None);
    }

    #[test]
    fn no_transfer_coding_is_taken_but_chunked() {
        let of = |coding: &str| status(Version::HTTP_11, &[("host", "a"), ("transfer-encoding", coding)]);
        assert_eq!((of("chunked"), of("Chunked")), (None, None));
        assert_eq!((of("gzip, chunked"), of("identity"), of("gzip")), (Some(501), Some(501), Some(501)));
    }
}
