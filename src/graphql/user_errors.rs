//! What a person may get wrong in a form: data, beside what the form was for.

use async_graphql::{Context, Enum, SimpleObject, Value};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use waymark_planner::units::Hours;

use super::arguments;
use super::error::ApiError;
use super::scope::Scope;
use crate::service::Lost;
use crate::store::learners::{CapReached, caps};

/// What is wrong with what a person has entered.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// What kind of mistake it is.
    pub code: UserErrorCode,
    /// What is wrong and what to do, for the person.
    pub message: String,
    /// The path of what is wrong in the arguments, such as `["input", "password"]`.
    pub field: Vec<String>,
    /// Of a `CYCLE`: the circle that it would lead around in, each of which needs the next, and the last one the first. Steps are named as `topic@LEVEL`,
    /// roles by their slugs.
    pub path: Option<Vec<String>>,
}

/// A kind of mistake.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserErrorCode {
    /// It is not of the form that is asked for, or contradicts something else.
    Invalid,
    /// It has to be there.
    Required,
    /// It has more characters, or a list more entries, than is taken.
    TooLong,
    /// It is too small, or too large.
    OutOfRange,
    /// The password is too easy to guess.
    WeakPassword,
    /// The address and the password do not belong together, or the password is not that of the account.
    WrongCredentials,
    /// There are as many already as may be.
    LimitReached,
    /// It names what is not there.
    Unknown,
    /// It is there already.
    Duplicate,
    /// Others still refer to it.
    InUse,
    /// No admin would be left.
    LastAdmin,
    /// It would lead around in a circle, whose path is told.
    Cycle,
}

impl UserError {
    /// A mistake at a path such as `input.password`.
    pub(crate) fn new(path: &str, code: UserErrorCode, message: impl Into<String>) -> Self {
        let field = path.split(['.', '[']).map(|part| part.trim_end_matches(']').to_owned());
        Self { code, message: message.into(), field: field.collect(), path: None }
    }

    /// The same with a circle, where there is one.
    pub(crate) fn around(self, circle: &[String]) -> Self {
        Self { path: (!circle.is_empty()).then(|| circle.to_vec()), ..self }
    }
}

/// What came of a change: something, or what the person has to change about what was entered, or what went wrong.
pub(crate) enum Failed {
    /// The person's.
    User(Vec<UserError>),
    /// Anybody else's.
    Errors(Vec<ApiError>),
}

impl From<ApiError> for Failed {
    fn from(error: ApiError) -> Self {
        Self::Errors(vec![error])
    }
}

impl From<UserError> for Failed {
    fn from(error: UserError) -> Self {
        Self::User(vec![error])
    }
}

impl From<Lost> for Failed {
    fn from(lost: Lost) -> Self {
        ApiError::from(lost).into()
    }
}

impl From<crate::service::Unplanned> for Failed {
    fn from(unplanned: crate::service::Unplanned) -> Self {
        ApiError::from(unplanned).into()
    }
}

impl From<crate::service::Refused> for Failed {
    fn from(refused: crate::service::Refused) -> Self {
        ApiError::from(refused).into()
    }
}

impl From<crate::store::StoreError> for Failed {
    fn from(error: crate::store::StoreError) -> Self {
        ApiError::from(error).into()
    }
}

impl From<CapReached> for Failed {
    fn from(cap: CapReached) -> Self {
        let reached = |most: u64, what: &str, how: &str| {
            let message = format!("You have {most} {what}, the most there may be: {how} first.");
            UserError::new("input", UserErrorCode::LimitReached, message)
        };
        match cap {
            CapReached::Tokens => reached(caps::MOST_TOKENS, "tokens", "revoke one"),
            CapReached::Roadmaps => reached(caps::MOST_ROADMAPS, "roadmaps", "delete one"),
            CapReached::LogEntries => reached(caps::MOST_LOG_ENTRIES, "entries in your log", "delete one"),
            CapReached::Skills => reached(caps::MOST_SKILLS, "skills", "forget some"),
            CapReached::Ratings => reached(caps::MOST_RATINGS, "ratings", "take one back"),
            CapReached::HoursOfDay { day, left } => {
                let left = Hours::from_millionths(u64::try_from(left).unwrap_or_default());
                let message = format!(
                    "A day has 24 hours, and of {day} {} are left that you have not logged: log at most \
                     that, or another day.",
                    left.as_f64()
                );
                UserError::new("input.hours", UserErrorCode::OutOfRange, message)
            }
        }
        .into()
    }
}

impl From<Vec<ApiError>> for Failed {
    /// What a person may get wrong goes back to the person, where nothing else is wrong.
    fn from(errors: Vec<ApiError>) -> Self {
        if errors.iter().all(ApiError::is_a_persons) {
            let user_error = |error: &ApiError| {
                UserError::new(error.at().unwrap_or("input"), UserErrorCode::Invalid, error.message())
            };
            return Self::User(errors.iter().map(user_error).collect());
        }
        Self::Errors(errors)
    }
}

/// A text of a form that has to be there.
pub(crate) struct Text<'a> {
    /// Its path.
    pub(crate) path: &'a str,
    /// What it is called.
    pub(crate) what: &'a str,
}

impl Text<'_> {
    /// The text without the spaces around it.
    ///
    /// # Errors
    /// Where nothing is left.
    pub(crate) fn required(&self, text: &str) -> Result<String, UserError> {
        trimmed(Some(text)).ok_or_else(|| {
            let message = format!("The {} is missing: write at least one character.", self.what);
            UserError::new(self.path, UserErrorCode::Required, message)
        })
    }
}

/// A text as it is kept: without the white space around it, with plain line breaks; `None` if
/// nothing is left. Its length and its characters were checked before (see `arguments`).
pub(crate) fn trimmed(text: Option<&str>) -> Option<String> {
    text.map(|text| text.trim().replace("\r\n", "\n")).filter(|text| !text.is_empty())
}

/// What a mutation sees.
///
/// # Errors
/// Where there is nothing to see, which is a fault of ours.
pub(crate) fn scope_of<'a>(ctx: &Context<'a>) -> Result<&'a Scope, Failed> {
    ctx.data::<Scope>().map_err(|_| ApiError::from(Lost::Fault).into())
}

/// The name that the client gave a request: `input.clientMutationId`.
pub(crate) fn client_mutation_id(ctx: &Context<'_>) -> Option<String> {
    let arguments = ctx.field().arguments().ok()?;
    let (_, input) = arguments.into_iter().find(|(name, _)| name == "input")?;
    match input {
        Value::Object(mut fields) => match fields.swap_remove("clientMutationId")? {
            Value::String(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

/// What a mutation does, in a place of its own: the engine moves the future of a field about, and makes it as large as that of the largest.
///
/// # Errors
/// What the person has to change about the input, before anything is done.
pub(crate) fn apart<'a, T>(
    ctx: &'a Context<'_>,
    does: impl Future<Output = Result<T, Failed>> + Send + 'a,
) -> BoxFuture<'a, Result<T, Failed>> {
    async move {
        arguments::admit(ctx)?;
        does.await
    }
    .boxed()
}

/// A payload: the objects of a mutation, with what the person has to change. From what came of it one of the two is empty. Behind `maybe` stands
/// what may be null although something was done.
macro_rules! payload {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? }
        $(maybe { $($(#[$maybe_meta:meta])* $maybe:ident: $maybe_type:ty),* $(,)? })?
    ) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            $($(#[$field_meta])* $field: Option<$type>,)*
            $($($(#[$maybe_meta])* $maybe: Option<$maybe_type>,)*)?
            /// What the person has to change about what was entered; then nothing was done.
            user_errors: Vec<$crate::graphql::user_errors::UserError>,
            /// The name that the client gave the request.
            client_mutation_id: Option<String>,
        }

        impl $name {
            fn of($($field: $type,)* $($($maybe: Option<$maybe_type>),*)?) -> Self {
                Self {
                    $($field: Some($field),)*
                    $($($maybe,)*)?
                    user_errors: Vec::new(),
                    client_mutation_id: None,
                }
            }

            /// The payload, or the error of the field.
            fn from(
                ctx: &async_graphql::Context<'_>,
                came: Result<Self, $crate::graphql::user_errors::Failed>,
            ) -> Option<async_graphql::Result<Self>> {
                use $crate::graphql::user_errors::{Failed, client_mutation_id};
                Some(match came {
                    Ok(payload) => Ok(Self { client_mutation_id: client_mutation_id(ctx), ..payload }),
                    Err(Failed::User(user_errors)) => Ok(Self {
                        $($field: None,)*
                        $($($maybe: None,)*)?
                        user_errors,
                        client_mutation_id: client_mutation_id(ctx),
                    }),
                    Err(Failed::Errors(errors)) => Err($crate::graphql::error::report(ctx, errors)),
                })
            }
        }
    };
}

pub(crate) use payload;
