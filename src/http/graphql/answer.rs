//! From an outcome to HTTP.

use std::error::Error;

use async_graphql::ServerError;
use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;
use serde_json::{Value, json};

use super::encoding::{Encoded, Encoding};
use super::media::Media;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::{Answer, Refused};
use crate::service::Lost;
use crate::telemetry::figures;

/// The most characters of the input that a message repeats.
const LONGEST_ECHO: usize = 100;

/// The beginning of something that a client sent, as a message may repeat it.
pub(super) fn shortened(input: &str) -> &str {
    input.char_indices().nth(LONGEST_ECHO).map_or(input, |(end, _)| &input[..end])
}

/// A request that is refused before it is a GraphQL request.
#[derive(Debug)]
pub(in crate::http) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    allow: Option<&'static str>,
    /// When to try again, in seconds.
    retry_after: Option<u64>,
    request_id: Option<String>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let (code, message) = ("BAD_USER_INPUT", message.into());
        Self { status, code, message, allow: None, retry_after: None, request_id: None }
    }

    /// The form of the request is wrong.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(super) fn not_acceptable() -> Self {
        let message =
            "The answer would be application/graphql-response+json or application/json: accept one of them.";
        Self::new(StatusCode::NOT_ACCEPTABLE, message)
    }

    /// A handler panicked: what it was is in the log, and nobody else's business.
    pub(in crate::http) fn panicked(request_id: &str) -> Self {
        let message = "The server failed to answer. The fault is its own, and has been logged.";
        let refusal = Self::new(StatusCode::INTERNAL_SERVER_ERROR, message).with_code("INTERNAL");
        Self { request_id: Some(request_id.to_owned()), ..refusal }
    }

    /// As many connections stay open as may.
    pub(super) fn full() -> Self {
        Self::later(
            StatusCode::SERVICE_UNAVAILABLE,
            "connections",
            5,
            "The server has as many open connections as it takes",
        )
    }

    /// One client holds as many of something open as it may.
    pub(super) fn too_many(of: &str) -> Self {
        Self::later(
            StatusCode::TOO_MANY_REQUESTS,
            "client connections",
            5,
            &format!("Your address has as many {of} as it may"),
        )
    }

    /// More is asked at once than can be done.
    pub(in crate::http) fn overloaded() -> Self {
        Self::later(
            StatusCode::SERVICE_UNAVAILABLE,
            "overload",
            1,
            "The server is asked more than it can answer",
        )
    }

    /// One client asks too often.
    pub(in crate::http) fn too_often(seconds: u64) -> Self {
        Self::later(StatusCode::TOO_MANY_REQUESTS, "rate", seconds, "You ask more often than is answered")
    }

    /// As many exports are written as may be.
    pub(in crate::http) fn too_many_exports() -> Self {
        let message = "The server writes as many exports as it takes at once";
        Self::later(StatusCode::SERVICE_UNAVAILABLE, "exports", 10, message)
    }

    /// The learner's data is being exported already.
    pub(in crate::http) fn exporting() -> Self {
        let message = "Your data is being downloaded already, and one download goes on at a time";
        Self::later(StatusCode::TOO_MANY_REQUESTS, "exports", 10, message)
    }

    /// What a field would have answered with an error of the asker's.
    pub(in crate::http) fn of_error(error: &ApiError) -> Self {
        let status = match error.code() {
            Code::Unauthenticated => StatusCode::UNAUTHORIZED,
            Code::Forbidden => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::new(status, error.message()).with_code(error.code().name())
    }

    fn later(status: StatusCode, why: &'static str, seconds: u64, message: &str) -> Self {
        figures::refused(why);
        let refusal = Self::new(status, format!("{message}: try again in {seconds} s."));
        Self { retry_after: Some(seconds), ..refusal.with_code("RATE_LIMITED") }
    }

    /// The body is too long in coming.
    pub(super) fn slow_body() -> Self {
        figures::refused("slow body");
        Self::new(StatusCode::REQUEST_TIMEOUT, "The body did not arrive in time: send it again.")
    }

    /// The execution took too long.
    pub(super) fn timed_out() -> Self {
        figures::refused("execution time");
        let message =
            "The answer took longer than the server gives to one: ask for less, or in several requests.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, message).with_code("QUERY_TOO_COSTLY")
    }

    /// A token that does not hold.
    pub(in crate::http) fn bad_token() -> Self {
        let message = "The token does not hold: it is wrong, has expired, or was revoked. Make another one, or ask without it.";
        Self::new(StatusCode::UNAUTHORIZED, message).with_code("UNAUTHENTICATED")
    }

    /// Something could not be looked up: where the database fails, it is worth asking again.
    pub(in crate::http) fn lost(lost: Lost, is_database_failing: bool) -> Self {
        if is_database_failing || lost != Lost::Fault {
            return Self::unavailable();
        }
        let message =
            "The server could not look it up. The fault is its own, and has been logged: try again later.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message).with_code("INTERNAL")
    }

    /// The database cannot be used at the moment.
    pub(in crate::http) fn unavailable() -> Self {
        let message = "The server cannot use its database at the moment";
        Self::later(StatusCode::SERVICE_UNAVAILABLE, "database", 1, message).with_code("UNAVAILABLE")
    }

    /// What is said.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// The body is longer than is read.
    pub(super) fn too_long(most: usize) -> Self {
        let message = format!("The body is longer than {most} bytes, the most that is read.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, message).with_code("QUERY_TOO_COSTLY")
    }

    /// A body that did not come whole, or was too long.
    pub(super) fn of_body(error: &axum::Error, most: usize) -> Self {
        if error.source().is_some_and(<dyn Error>::is::<LengthLimitError>) {
            return Self::too_long(most);
        }
        Self::bad("The body did not arrive whole: send it again.")
    }

    pub(super) const fn with_code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    pub(super) const fn with_allow(mut self, methods: &'static str) -> Self {
        self.allow = Some(methods);
        self
    }

    /// As an error of an operation, where there is no answer of HTTP for it.
    pub(super) fn into_error(self) -> ServerError {
        let mut error = ServerError::new(self.message, None);
        error.extensions.get_or_insert_default().set("code", self.code);
        error
    }

    pub(super) fn in_media(self, media: Media) -> Response {
        let mut error = json!({ "message": self.message, "extensions": { "code": self.code } });
        if let Some(id) = self.request_id {
            error["extensions"]["requestId"] = id.into();
        }
        let mut response = written(self.status, media, json_of(&json!({ "errors": [error] })).into());
        if let Some(methods) = self.allow {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.in_media(Media::Json)
    }
}

/// The answer to a request that is one. Where nothing was executed there is no `data`, not even null.
pub(super) async fn answered(
    executed: &Result<Answer, Refused>,
    media: Media,
    accepted: Encoding,
) -> Response {
    let (status, json) = match executed {
        Err(Refused { errors, .. }) => {
            (media.status_of_refused(), json_of(&json!({ "errors": errors })).into())
        }
        Ok(answer) => (StatusCode::OK, answer.json()),
    };
    let encoded = Encoded::new(json, accepted).await;
    let mut response = written(status, media, encoded.bytes.clone());
    encoded.declare(response.headers_mut());
    for (name, value) in executed.iter().flat_map(Answer::headers) {
        response.headers_mut().append(name, value.clone());
    }
    response
}

fn json_of(body: &Value) -> Vec<u8> {
    // Maps have string keys and numbers are finite, so this does not fail.
    serde_json::to_vec(body).unwrap_or_else(|_| Value::Null.to_string().into_bytes())
}

fn written(status: StatusCode, media: Media, json: Bytes) -> Response {
    (status, [(header::CONTENT_TYPE, media.content_type())], json).into_response()
}
