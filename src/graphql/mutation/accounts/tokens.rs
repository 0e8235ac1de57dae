//! Tokens for programs, and the end of what one was recognised by.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::TimeDelta;

use crate::accounts::audit::Event;
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::ids::Key;
use crate::graphql::mutation::once::once;
use crate::graphql::scope::Scope;
use crate::graphql::types::{AccessToken, TokenScope, Viewer};
use crate::graphql::user_errors::{Failed, Text, UserError, UserErrorCode, apart, payload};
use crate::service::{Added, Lost};
use crate::store::Outcome;
use crate::store::learners::CapReached;

/// How long a token lasts at most, in days.
const MOST_TOKEN_DAYS: i32 = 366;

/// A token for a program.
#[derive(InputObject)]
pub(crate) struct CreateAccessTokenInput {
    /// What one will know it by.
    #[doc = stated!(name)]
    name: String,
    /// What it may be used for.
    #[doc = stated!(kinds)]
    scopes: Vec<TokenScope>,
    /// In how many days it expires: 1 to 366.
    #[graphql(default = 90)]
    expires_in_days: i32,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// A session or a token.
#[derive(InputObject)]
pub(crate) struct RevokeInput {
    /// Its id.
    #[doc = stated!(id)]
    id: ID,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

payload! {
    /// A new token.
    CreateAccessTokenPayload {
        /// What is kept of it.
        access_token: AccessToken,
        /// The token itself, for `Authorization: Bearer …`. It is shown this once.
        token: String,
    }
}

payload! {
    /// What came of revoking.
    RevokePayload {
        /// Whose it was.
        viewer: Viewer,
    }
}

/// Mutations that make and revoke what somebody is recognised by.
#[derive(Default)]
pub(in crate::graphql::mutation) struct Tokens;

#[Object]
impl Tokens {
    /// Makes a token for a program.
    async fn create_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is called, and for.")] input: CreateAccessTokenInput,
    ) -> Option<Result<CreateAccessTokenPayload>> {
        let came = apart(ctx, once(ctx, &input, create_access_token, created_before));
        CreateAccessTokenPayload::from(ctx, came.await)
    }

    /// Revokes a token. What is followed by it ends at once.
    async fn revoke_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RevokeInput,
    ) -> Option<Result<RevokePayload>> {
        let came = apart(ctx, once(ctx, &input, revoke_token, revoked_before));
        RevokePayload::from(ctx, came.await)
    }

    /// Ends a session, on another device for example. What is followed by it ends at once.
    async fn end_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RevokeInput,
    ) -> Option<Result<RevokePayload>> {
        let came = apart(ctx, once(ctx, &input, end_session, revoked_before));
        RevokePayload::from(ctx, came.await)
    }
}

async fn create_access_token(
    scope: &Scope,
    input: &CreateAccessTokenInput,
) -> Result<CreateAccessTokenPayload, Failed> {
    let who = scope.with(Right::Account)?;
    let name = Text { path: "input.name", what: "name" }.required(&input.name)?;
    if input.scopes.is_empty() {
        let message = "Say what the token is for: a token without a scope opens nothing.";
        return Err(UserError::new("input.scopes", UserErrorCode::Required, message).into());
    }
    if !(1..=MOST_TOKEN_DAYS).contains(&input.expires_in_days) {
        let message = format!("A token lasts 1 to {MOST_TOKEN_DAYS} days.");
        return Err(UserError::new("input.expiresInDays", UserErrorCode::OutOfRange, message).into());
    }
    let learners = scope.learners()?;
    let scopes: Vec<_> = input.scopes.iter().copied().map(Into::into).collect();
    let lasts = TimeDelta::days(input.expires_in_days.into());
    match learners.accounts.add_token(who, &scope.asker().client, &name, &scopes, lasts).await? {
        Added::Yes(token, kept) => Ok(CreateAccessTokenPayload::of(AccessToken::new(*kept), token.text())),
        Added::NotGiven => {
            Err(ApiError::new(Code::Unauthenticated, "The session has ended: sign in again.").into())
        }
        Added::Capped => Err(CapReached::Tokens.into()),
    }
}

/// The token that was made, with another secret: the first one was shown once, perhaps to nobody, and opens nothing any more.
async fn created_before(
    scope: &Scope,
    _: &CreateAccessTokenInput,
    outcome: Outcome,
) -> Result<CreateAccessTokenPayload, Failed> {
    let who = scope.with(Right::Account)?;
    let made = outcome.credential.ok_or(Lost::Fault)?;
    let renewed = scope.learners()?.accounts.renew_token(who, &scope.asker().client, made).await?;
    let (token, kept) = renewed.ok_or_else(|| ApiError::gone("input", "token"))?;
    Ok(CreateAccessTokenPayload::of(AccessToken::new(kept), token.text()))
}

async fn revoke_token(scope: &Scope, input: &RevokeInput) -> Result<RevokePayload, Failed> {
    revoke(scope, &input.id, "token", Event::TokenRevoked).await
}

async fn end_session(scope: &Scope, input: &RevokeInput) -> Result<RevokePayload, Failed> {
    revoke(scope, &input.id, "session", Event::SessionEnded).await
}

async fn revoked_before(scope: &Scope, _: &RevokeInput, _: Outcome) -> Result<RevokePayload, Failed> {
    scope.with(Right::Account)?;
    Ok(RevokePayload::of(Viewer::new(scope)))
}

async fn revoke(scope: &Scope, id: &ID, what: &str, event: Event) -> Result<RevokePayload, Failed> {
    let who = scope.with(Right::Account)?;
    let not_found = || ApiError::not_found("input.id", what);
    let Some(Key::Credential(found)) = Key::decode(id) else { return Err(not_found().into()) };
    if scope.learners()?.accounts.revoke(who, &scope.asker().client, found, event).await? {
        return Ok(RevokePayload::of(Viewer::new(scope)));
    }
    Err(not_found().into())
}
