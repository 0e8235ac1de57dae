//! Errors as the API gives them: for the person who gets them, with a stable code and data beside the words.

use std::sync::Arc;

use async_graphql::{Context, Error, ErrorExtensionValues, ServerError, Value};

use super::refused::of_request;
use crate::service::{Lost, Refused, Unplanned};
use crate::store::{StoreError, Trouble};

/// In how many seconds it is worth asking again while the database fails.
const RETRY_AFTER: u32 = 1;

/// What kind of error it is: `extensions.code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// The request is at fault: its document, or an argument.
    BadUserInput,
    /// No plan reaches what is wanted.
    NoRoadmap,
    /// The request asks for more than is answered.
    QueryTooCostly,
    /// Nobody has said who asks.
    Unauthenticated,
    /// The request may not be made.
    Forbidden,
    /// What is meant is not there, or is another's.
    NotFound,
    /// Others have changed the same meanwhile.
    Conflict,
    /// No document of the hash is known: send it along.
    PersistedQueryNotFound,
    /// As much is under way already as may be.
    RateLimited,
    /// The database cannot be used at the moment.
    Unavailable,
    /// The server is at fault.
    Internal,
}

impl Code {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::NoRoadmap => "NO_ROADMAP",
            Self::QueryTooCostly => "QUERY_TOO_COSTLY",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

impl From<Lost> for ApiError {
    fn from(lost: Lost) -> Self {
        let message = match lost {
            Lost::Fault => {
                "The answer could not be computed. The fault is the server's, and has been logged."
            }
            Lost::Database(trouble) => return Self::unavailable(trouble),
        };
        Self::new(Code::Internal, message)
    }
}

impl From<Unplanned> for ApiError {
    fn from(unplanned: Unplanned) -> Self {
        match unplanned {
            Unplanned::Lost(lost) => lost.into(),
            Unplanned::Spent => Self::new(
                Code::QueryTooCostly,
                "The request takes more effort of planning than one may: what comes before this is answered. Ask for \
                 the rest in another request.",
            ),
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Lost(lost) => lost.into(),
            Refused::TooOften(seconds) => {
                let message = format!("That was tried too often: try again in {seconds} s.");
                Self::new(Code::RateLimited, message).with("retryAfter", Value::from(seconds))
            }
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Lost::from(error).into()
    }
}

/// An error before it becomes the engine's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    code: Code,
    message: String,
    data: Vec<(&'static str, Value)>,
    /// Whether it is about a name of something that is not there: programs write those, people do not.
    is_reference: bool,
}

impl ApiError {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), data: Vec::new(), is_reference: false }
    }

    /// The database fails: clients are to ask again.
    fn unavailable(trouble: Trouble) -> Self {
        let message = format!("At the moment {trouble}: try again in {RETRY_AFTER} s.");
        Self::new(Code::Unavailable, message).with("retryAfter", Value::from(RETRY_AFTER))
    }

    /// A name in an argument of something that is not there, with the nearest one that is.
    pub(crate) fn unknown(argument: impl Into<String>, message: String, nearest: Option<&str>) -> Self {
        let error = Self::argument(argument, message).did_you_mean(nearest);
        Self { is_reference: true, ..error }
    }

    /// What a global id names is not there, or is another's.
    pub(crate) fn not_found(argument: &str, what: &str) -> Self {
        let message = format!("There is no {what} of this id, or it is not yours.");
        Self::new(Code::NotFound, message).with("argument", Value::from(argument))
    }

    /// What came of a request that is asked for a second time is not there any more.
    pub(crate) fn gone(argument: &str, what: &str) -> Self {
        let message = format!("That was done before, and the {what} that came of it is not there any more.");
        Self::new(Code::NotFound, message).with("argument", Value::from(argument))
    }

    /// Others change the same, again and again.
    pub(crate) fn conflict(what: &str) -> Self {
        Self::new(Code::Conflict, format!("The {what} was changed meanwhile: look at it, and try again."))
    }

    /// Whether it is something that a person may get wrong in a form.
    pub(crate) fn is_a_persons(&self) -> bool {
        self.code == Code::BadUserInput && !self.is_reference
    }

    /// Something wrong with an argument, such as `input.skills[2].topic`.
    pub(crate) fn argument(argument: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Code::BadUserInput, message).with("argument", Value::String(argument.into()))
    }

    /// Adds a datum to the error's extensions.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.data.push((name, value));
        self
    }

    /// Adds the nearest name that exists, to the message too.
    #[must_use]
    pub(crate) fn did_you_mean(mut self, nearest: Option<&str>) -> Self {
        let Some(nearest) = nearest else { return self };
        self.message = format!("{} Did you mean \"{nearest}\"?", self.message);
        self.with("didYouMean", Value::String(nearest.to_owned()))
    }

    /// What kind of error it is.
    pub(crate) const fn code(&self) -> Code {
        self.code
    }

    /// What the error says, without its data.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The argument that is at fault.
    pub(crate) fn at(&self) -> Option<&str> {
        self.data.iter().find_map(|(name, value)| match value {
            Value::String(text) if *name == "argument" => Some(text.as_str()),
            _ => None,
        })
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", error.code.name());
        for (name, value) in error.data {
            extensions.set(name, value);
        }
        Self { message: error.message, source: None, extensions: Some(extensions) }
    }
}

/// Puts all errors but the last beside the answer, and returns the last for the field itself: each has the field's path.
pub(crate) fn report(ctx: &Context<'_>, mut errors: Vec<ApiError>) -> Error {
    let last =
        errors.pop().unwrap_or_else(|| ApiError::new(Code::Internal, "The field failed without a reason."));
    for error in errors {
        ctx.add_error(ctx.set_error_path(Error::from(error).into_server_error(ctx.item.pos)));
    }
    last.into()
}

/// The most errors of a request that are told.
pub(crate) const MOST_ERRORS: usize = 20;

/// The errors that are told of many: the last says how many more there are, beside those that were only counted.
pub(crate) fn capped(mut errors: Vec<ServerError>, uncounted: usize) -> Vec<ServerError> {
    let all = errors.len().saturating_add(uncounted);
    if all > MOST_ERRORS {
        errors.truncate(MOST_ERRORS - 1);
        let message = format!("There are {} more errors: mend these first.", all - errors.len());
        errors.push(of_request(ApiError::new(Code::BadUserInput, message)));
    }
    errors
}

/// Prepares the errors of an answer: each has a code, none the engine's words, and there are not too many. An error of the server's own says by
/// which id the log names the request.
pub(crate) fn with_codes(errors: Vec<ServerError>, request_id: Option<&Arc<str>>) -> Vec<ServerError> {
    let mut errors = capped(errors, 0);
    for error in &mut errors {
        let code = code_of(error).cloned();
        if code.is_none() {
            // It is the engine's, which repeats what it was sent.
            error.message = in_our_words(&error.message);
        }
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        if code.is_none() {
            extensions.set("code", Code::BadUserInput.name());
        }
        if let Some(id) = request_id.filter(|_| code == Some(Value::from(Code::Internal.name()))) {
            extensions.set("requestId", &**id);
        }
    }
    errors
}

/// Has clients ask again for what the server could not do because its database fails.
pub(crate) fn in_trouble(mut errors: Vec<ServerError>, trouble: Trouble) -> Vec<ServerError> {
    let internal = Value::from(Code::Internal.name());
    for error in errors.iter_mut().filter(|error| code_of(error) == Some(&internal)) {
        let unavailable = Error::from(ApiError::unavailable(trouble));
        error.message = unavailable.message;
        error.extensions = unavailable.extensions;
    }
    errors
}

/// What the engine says of an argument, without its words around it. Only values that fit their types by the schema's own text get so far: what is
/// left is what the parser of a scalar says, and a null that a variable brings where none is allowed.
fn in_our_words(message: &str) -> String {
    let own = message.strip_prefix("Failed to parse \"").and_then(|rest| rest.split_once("\": "));
    if let Some((_, own)) = own {
        return own.split(" (occurred while parsing \"").next().unwrap_or(own).to_owned();
    }
    let expected = message.strip_prefix("Expected input type \"").and_then(|rest| rest.split_once('"'));
    match expected {
        Some((name, _)) => {
            format!("A value of the type {name} is expected here, and it was given none that fits.")
        }
        None => "The request can't be answered as it is asked.".to_owned(),
    }
}

fn code_of(error: &ServerError) -> Option<&Value> {
    error.extensions.as_ref().and_then(|extensions| extensions.get("code"))
}

#[cfg(test)]
mod tests {
    use super::in_our_words;

    #[test]
    fn what_the_engine_says_does_not_repeat_what_was_sent() {
        for (said, ours) in [
            (
                "Failed to parse \"Date\": \"x\" is no day. (occurred while parsing \"Input\")",
                "\"x\" is no day.",
            ),
            (
                "Expected input type \"String\", found [\"marker\"].",
                "A value of the type String is expected here, and it was given none that fits.",
            ),
            ("Unknown \"marker\".", "The request can't be answered as it is asked."),
        ] {
            assert_eq!(in_our_words(said), ours);
        }
    }
}
