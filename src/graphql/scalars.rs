//! Own scalars: days, addresses, and files.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use waymark_planner::units::Day;

use crate::dates;
use crate::text::quoted;

/// A calendar day in the form of ISO 8601: `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A calendar day in the form of ISO 8601: `2026-11-23`.
#[Scalar(name = "Date", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        Self::parse_text(text).ok_or_else(|| {
            let given = quoted(text);
            InputValueError::custom(format!(
                "{given} is not a day of the form 2026-11-23, from 1970 to 9999."
            ))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl Date {
    /// A day of the form `2026-11-23`, from 1970 to 9999.
    pub fn parse_text(text: &str) -> Option<Self> {
        dates::parse(text).map(Self)
    }

    /// The planner's day of it.
    pub fn to_day(self) -> Day {
        dates::to_day(self.0)
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self(dates::to_date(day))
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

/// An absolute http or https address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(pub String);

/// An absolute http or https address.
#[Scalar(name = "URL", specified_by_url = "https://url.spec.whatwg.org/")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) if text.starts_with("https://") || text.starts_with("http://") => {
                Ok(Self(text))
            }
            Value::String(text) => {
                let given = quoted(&text);
                Err(InputValueError::custom(format!("{given} is not an http or https address.")))
            }
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// The text of a file, uploaded after the GraphQL multipart request specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload(pub String);

/// The text of a file in UTF-8, uploaded after the GraphQL multipart request specification: the file is a part of the body of its own, and takes the
/// place of a variable that is null.
#[Scalar(name = "Upload", specified_by_url = "https://github.com/jaydenseric/graphql-multipart-request-spec")]
impl ScalarType for Upload {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}
