//! From an outcome to HTTP.

use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::media::Media;
use crate::config::Edition;
use crate::graphql::Executed;
use crate::http::LARGEST_BODY;

/// A request that is refused before it is a GraphQL request.
#[derive(Debug)]
pub(in crate::http) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    allow: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, code: "BAD_USER_INPUT", message: message.into(), allow: None }
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
    pub(in crate::http) fn panicked() -> Self {
        let message = "The server failed to answer. The fault is its own, and has been logged.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message).with_code("INTERNAL")
    }

    /// As many connections stay open as may.
    pub(super) fn full() -> Self {
        let message = "The server has as many open connections as it takes: try again later.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, message).with_code("RATE_LIMITED")
    }

    /// What is said.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// A body that did not come whole, or was too long.
    pub(super) fn of_body(rejection: &BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("The body is longer than {LARGEST_BODY} bytes, the most that is read.");
            return Self::new(rejection.status(), message).with_code("QUERY_TOO_COSTLY");
        }
        Self::new(rejection.status(), "The body did not arrive whole: send it again.")
    }

    pub(super) const fn with_code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    pub(super) const fn with_allow(mut self, methods: &'static str) -> Self {
        self.allow = Some(methods);
        self
    }

    pub(super) fn in_media(self, media: Media) -> Response {
        let error = json!({ "message": self.message, "extensions": { "code": self.code } });
        let mut response = written(self.status, media, json_of(&json!({ "errors": [error] })));
        if let Some(methods) = self.allow {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
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
pub(super) fn answered(executed: &Executed, media: Media, edition: Edition) -> Response {
    match executed {
        Executed::Refused { errors, is_parsed } => {
            let status = media.status_of_request_error(*is_parsed, edition);
            written(status, media, json_of(&json!({ "errors": errors })))
        }
        Executed::Answered(answer) => {
            written(media.status_of_answer(answer.is_partial(), edition), media, answer.json())
        }
    }
}

fn json_of(body: &Value) -> Vec<u8> {
    // Maps have string keys and numbers are finite, so this does not fail.
    serde_json::to_vec(body).unwrap_or_else(|_| Value::Null.to_string().into_bytes())
}

fn written(status: StatusCode, media: Media, json: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, media.content_type())], json).into_response()
}
