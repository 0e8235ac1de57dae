//! Accounts: signing up, in and out, tokens for programs, roles, and the end of it.

mod cookies;
mod passwords;
mod roles;
mod sessions;
mod tokens;

use crate::accounts::{address, name};
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, trimmed};
use crate::service;

pub(super) use passwords::Passwords;
pub(super) use roles::Roles;
pub(super) use sessions::Sessions;
pub(super) use tokens::Tokens;

fn email(path: &str, text: &str) -> Result<String, UserError> {
    address(text).map_err(|error| UserError::new(path, UserErrorCode::Invalid, error.to_string()))
}

/// The name of a person, if one is given.
fn person(path: &str, text: Option<&str>) -> Result<Option<String>, UserError> {
    trimmed(text).map_or(Ok(None), |given| {
        name(&given).map(Some).ok_or_else(|| {
            let message =
                "The name has characters in it that can't be seen: type it anew instead of pasting it.";
            UserError::new(path, UserErrorCode::Invalid, message)
        })
    })
}

/// Whether a password may be chosen by somebody of whom some things are known.
async fn password(
    accounts: &service::Accounts,
    path: &str,
    password: &str,
    known: Vec<String>,
) -> Result<Result<(), UserError>, Failed> {
    let weakness = accounts.weakness(password, known).await?;
    Ok(weakness.map_or(Ok(()), |weakness| {
        Err(UserError::new(path, UserErrorCode::WeakPassword, weakness.to_string()))
    }))
}

fn last_admin(path: &str) -> UserError {
    let message = "This is the last admin: make somebody else an admin first.";
    UserError::new(path, UserErrorCode::LastAdmin, message)
}
