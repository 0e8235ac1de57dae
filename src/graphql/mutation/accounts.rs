//! Accounts: signing up, in and out, tokens for programs, and the end of it.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::TimeDelta;
use waymark_entity::{credential, learner};

use super::once::once;
use crate::accounts::{Token, address, check};
use crate::graphql::access::Right;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::ids::Key;
use crate::graphql::scope::{Cookie, Scope};
use crate::graphql::types::{AccessToken, AccountRole, LearnerAccount, TokenScope, Viewer};
use crate::graphql::user_errors::{Failed, Text, UserError, UserErrorCode, apart, payload, scope_of};
use crate::service::{Lost, SESSION_DAYS};
use crate::store::Outcome;

/// The header that sets a cookie.
const SET_COOKIE: &str = "set-cookie";
/// How long a token lasts at most, in days.
const MOST_TOKEN_DAYS: i32 = 366;
/// The most tokens of one learner.
const MOST_TOKENS: usize = 50;

/// Who wants an account.
#[derive(InputObject)]
pub(crate) struct SignUpInput {
    /// The address that one signs in with. Capitals do not count.
    email: String,
    /// At least 10 characters, of any kind.
    #[graphql(secret)]
    password: String,
    /// What one wants to be called.
    name: Option<String>,
    /// A name for the request that the client makes up, given back in the answer.
    client_mutation_id: Option<String>,
}

/// Who is there.
#[derive(InputObject)]
pub(crate) struct SignInInput {
    /// The address of the account.
    email: String,
    /// Its password.
    #[graphql(secret)]
    password: String,
    /// A name for the request that the client makes up, given back in the answer.
    client_mutation_id: Option<String>,
}

/// Another password.
#[derive(InputObject)]
pub(crate) struct ChangePasswordInput {
    /// The password so far.
    #[graphql(secret)]
    current_password: String,
    /// The one from now on: at least 10 characters, of any kind.
    #[graphql(secret)]
    new_password: String,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    client_mutation_id: Option<String>,
}

/// The end of an account.
#[derive(InputObject)]
pub(crate) struct DeleteAccountInput {
    /// The password, so that nobody does it at a computer that was left alone. Not needed for an account of an outside provider.
    #[graphql(secret)]
    password: Option<String>,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    client_mutation_id: Option<String>,
}

/// A token for a program.
#[derive(InputObject)]
pub(crate) struct CreateAccessTokenInput {
    /// What one will know it by.
    name: String,
    /// What it may be used for.
    scopes: Vec<TokenScope>,
    /// In how many days it expires: 1 to 366.
    #[graphql(default = 90)]
    expires_in_days: i32,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    client_mutation_id: Option<String>,
}

/// A session or a token.
#[derive(InputObject)]
pub(crate) struct RevokeInput {
    /// Its id.
    id: ID,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    client_mutation_id: Option<String>,
}

/// What somebody is to be.
#[derive(InputObject)]
pub(crate) struct GrantRoleInput {
    /// The address of the account.
    email: String,
    /// What its learner may do from now on.
    role: AccountRole,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    client_mutation_id: Option<String>,
}

payload! {
    /// What came of signing up. It is the same whether or not the address had an account before: then nothing has changed, and only who knows
    /// its password can sign in.
    SignUpPayload {}
}

payload! {
    /// What came of signing in.
    SignInPayload {
        /// Who is signed in.
        viewer: Viewer,
    }
}

payload! {
    /// What came of signing out.
    SignOutPayload {}
}

payload! {
    /// What came of changing the password.
    ChangePasswordPayload {
        /// Whose it is.
        viewer: Viewer,
    }
}

payload! {
    /// What came of deleting the account.
    DeleteAccountPayload {}
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

payload! {
    /// What came of granting a role.
    GrantRolePayload {
        /// Who has it now.
        account: LearnerAccount,
    }
}

#[derive(Default)]
pub(crate) struct Accounts;

#[Object]
impl Accounts {
    /// Makes an account. Sign in with it then: the answer does not tell whether the address had one before.
    async fn sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants an account.")] input: SignUpInput,
    ) -> Option<Result<SignUpPayload>> {
        let came = apart(async { sign_up(scope_of(ctx)?, input).await });
        SignUpPayload::from(ctx, came.await)
    }

    /// Begins a session: the answer brings a cookie that no script can read. Over HTTP alone, since a WebSocket can't set one. After some wrong
    /// passwords one has to wait.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and the password.")] input: SignInInput,
    ) -> Option<Result<SignInPayload>> {
        let came = apart(async {
            let (token, cookie, scope) = sign_in(scope_of(ctx)?, input).await?;
            ctx.append_http_header(SET_COOKIE, cookie.set(&token.text(), SESSION_DAYS * 86_400));
            Ok(SignInPayload::of(Viewer::new(&scope)))
        });
        SignInPayload::from(ctx, came.await)
    }

    /// Ends the session, or revokes the token, that the request came with. What is followed by it ends too. A token of another provider's is for
    /// that one to end.
    async fn sign_out(&self, ctx: &Context<'_>) -> Option<Result<SignOutPayload>> {
        let came = apart(async {
            let scope = scope_of(ctx)?;
            remove_cookie(ctx, scope);
            sign_out(scope).await
        });
        SignOutPayload::from(ctx, came.await)
    }

    /// Gives the account another password, and ends all other sessions. Tokens stay: revoke those that somebody else may have.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old and the new one.")] input: ChangePasswordInput,
    ) -> Option<Result<ChangePasswordPayload>> {
        let came = apart(once(ctx, &input, change_password, changed_before));
        ChangePasswordPayload::from(ctx, came.await)
    }

    /// Deletes the account with everything that is its learner's: skills, ratings, roadmaps, the log. There is no way back.
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password once more.")] input: DeleteAccountInput,
    ) -> Option<Result<DeleteAccountPayload>> {
        let came = apart(async {
            let payload = once(ctx, &input, delete_account, async |_, _, _| Err(Lost.into())).await?;
            remove_cookie(ctx, scope_of(ctx)?);
            Ok(payload)
        });
        DeleteAccountPayload::from(ctx, came.await)
    }

    /// Makes a token for a program.
    async fn create_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is called, and for.")] input: CreateAccessTokenInput,
    ) -> Option<Result<CreateAccessTokenPayload>> {
        let came = apart(once(ctx, &input, create_access_token, created_before));
        CreateAccessTokenPayload::from(ctx, came.await)
    }

    /// Revokes a token. What is followed by it ends at once.
    async fn revoke_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RevokeInput,
    ) -> Option<Result<RevokePayload>> {
        let came = apart(once(ctx, &input, revoke_token, revoked_before));
        RevokePayload::from(ctx, came.await)
    }

    /// Ends a session, on another device for example. What is followed by it ends at once.
    async fn end_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RevokeInput,
    ) -> Option<Result<RevokePayload>> {
        let came = apart(once(ctx, &input, end_session, revoked_before));
        RevokePayload::from(ctx, came.await)
    }

    /// Makes somebody a curator or an admin, or a mere learner again. For admins; the first one is made by `waymark user grant`.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be what.")] input: GrantRoleInput,
    ) -> Option<Result<GrantRolePayload>> {
        let came = apart(once(ctx, &input, grant_role, granted_before));
        GrantRolePayload::from(ctx, came.await)
    }
}

/// Has the browser forget its session.
fn remove_cookie(ctx: &Context<'_>, scope: &Scope) {
    if let Some(cookie) = scope.asker().cookie {
        ctx.append_http_header(SET_COOKIE, cookie.set("", 0));
    }
}

async fn sign_up(scope: &Scope, input: SignUpInput) -> Result<SignUpPayload, Failed> {
    let mut errors = Vec::new();
    let mut keep = |error: UserError| errors.push(error);
    let email = email("input.email", &input.email).map_err(&mut keep).ok();
    password("input.password", &input.password, &input.email).map_err(&mut keep).ok();
    let name = Text { path: "input.name", what: "name", most: 100 };
    let name = name.optional(input.name.as_deref()).map_err(&mut keep).ok();
    let (Some(email), Some(name), true) = (email, name, errors.is_empty()) else {
        return Err(Failed::User(errors));
    };
    let accounts = &scope.learners()?.accounts;
    accounts.sign_up(&scope.asker().client, email, input.password, name).await?;
    Ok(SignUpPayload::of())
}

async fn sign_in(scope: &Scope, input: SignInInput) -> Result<(Token, Cookie, Scope), Failed> {
    let asker = scope.asker();
    let cookie = asker.cookie.ok_or_else(|| {
        ApiError::new(
            Code::BadUserInput,
            "Sign in with POST: only such an answer can bring the session's cookie.",
        )
    })?;
    let wrong = || {
        let message = "The address or the password is wrong.";
        UserError::new("input", UserErrorCode::WrongCredentials, message)
    };
    let email = address(&input.email).ok_or_else(wrong)?;
    let signed_in = scope.learners()?.accounts.sign_in(&asker.client, &email, input.password).await?;
    let (token, who) = signed_in.ok_or_else(wrong)?;
    Ok((token, cookie, scope.of(who)))
}

async fn sign_out(scope: &Scope) -> Result<SignOutPayload, Failed> {
    if let Some(who) = &scope.asker().who
        && let Some(session) = who.credential()
    {
        scope.learners()?.accounts.revoke(who.id, session).await?;
    }
    Ok(SignOutPayload::of())
}

async fn change_password(
    scope: &Scope,
    input: &ChangePasswordInput,
) -> Result<ChangePasswordPayload, Failed> {
    let who = scope.with(Right::Account)?;
    let learners = scope.learners()?;
    let email = learners.store.learner(who.id).await?.and_then(|account| account.email);
    password("input.newPassword", &input.new_password, &email.unwrap_or_default())?;
    let changed =
        learners.accounts.change_password(who, input.current_password.clone(), input.new_password.clone());
    if changed.await? {
        return Ok(ChangePasswordPayload::of(Viewer::new(scope)));
    }
    Err(wrong_password("input.currentPassword").into())
}

async fn changed_before(
    scope: &Scope,
    _: &ChangePasswordInput,
    _: Outcome,
) -> Result<ChangePasswordPayload, Failed> {
    scope.with(Right::Account)?;
    Ok(ChangePasswordPayload::of(Viewer::new(scope)))
}

async fn delete_account(scope: &Scope, input: &DeleteAccountInput) -> Result<DeleteAccountPayload, Failed> {
    let who = scope.with(Right::Leave)?;
    if scope.learners()?.accounts.delete(who, input.password.clone()).await? {
        return Ok(DeleteAccountPayload::of());
    }
    Err(wrong_password("input.password").into())
}

async fn create_access_token(
    scope: &Scope,
    input: &CreateAccessTokenInput,
) -> Result<CreateAccessTokenPayload, Failed> {
    let who = scope.with(Right::Account)?;
    let name = Text { path: "input.name", what: "name", most: 100 }.required(&input.name)?;
    if input.scopes.is_empty() {
        let message = "Say what the token is for: a token without a scope opens nothing.";
        return Err(UserError::new("input.scopes", UserErrorCode::Required, message).into());
    }
    if !(1..=MOST_TOKEN_DAYS).contains(&input.expires_in_days) {
        let message = format!("A token lasts 1 to {MOST_TOKEN_DAYS} days.");
        return Err(UserError::new("input.expiresInDays", UserErrorCode::OutOfRange, message).into());
    }
    let learners = scope.learners()?;
    let tokens = learners.store.credentials(who.id, credential::TOKEN).await?;
    if tokens.iter().filter(|token| token.expires_at > scope.now()).count() >= MOST_TOKENS {
        let message = format!("You have {MOST_TOKENS} tokens, the most there may be: revoke one first.");
        return Err(UserError::new("input", UserErrorCode::LimitReached, message).into());
    }
    let scopes: Vec<_> = input.scopes.iter().copied().map(Into::into).collect();
    let lasts = TimeDelta::days(input.expires_in_days.into());
    let added = learners.accounts.add_token(who, &name, &scopes, lasts).await?;
    let (token, kept) =
        added.ok_or_else(|| ApiError::new(Code::Unauthenticated, "The session has ended: sign in again."))?;
    Ok(CreateAccessTokenPayload::of(AccessToken::new(kept), token.text()))
}

/// The token that was made, with another secret: the first one was shown once, perhaps to nobody, and opens nothing any more.
async fn created_before(
    scope: &Scope,
    _: &CreateAccessTokenInput,
    outcome: Outcome,
) -> Result<CreateAccessTokenPayload, Failed> {
    let who = scope.with(Right::Account)?;
    let made = outcome.credential.ok_or(Lost)?;
    let renewed = scope.learners()?.accounts.renew_token(who.id, made).await?;
    let (token, kept) = renewed.ok_or_else(|| ApiError::gone("input", "token"))?;
    Ok(CreateAccessTokenPayload::of(AccessToken::new(kept), token.text()))
}

async fn revoke_token(scope: &Scope, input: &RevokeInput) -> Result<RevokePayload, Failed> {
    revoke(scope, &input.id, "token").await
}

async fn end_session(scope: &Scope, input: &RevokeInput) -> Result<RevokePayload, Failed> {
    revoke(scope, &input.id, "session").await
}

async fn revoked_before(scope: &Scope, _: &RevokeInput, _: Outcome) -> Result<RevokePayload, Failed> {
    scope.with(Right::Account)?;
    Ok(RevokePayload::of(Viewer::new(scope)))
}

async fn revoke(scope: &Scope, id: &ID, what: &str) -> Result<RevokePayload, Failed> {
    let who = scope.with(Right::Account)?;
    let not_found = || ApiError::not_found("input.id", what);
    let Some(Key::Credential(found)) = Key::decode(id) else { return Err(not_found().into()) };
    if scope.learners()?.accounts.revoke(who.id, found).await? {
        return Ok(RevokePayload::of(Viewer::new(scope)));
    }
    Err(not_found().into())
}

async fn grant_role(scope: &Scope, input: &GrantRoleInput) -> Result<GrantRolePayload, Failed> {
    let account = account(scope, input).await?;
    let rank = crate::accounts::Rank::from(input.role);
    scope.learners()?.store.set_role(account.id, rank.name()).await?;
    let account = learner::Model { role: rank.name().to_owned(), ..account };
    Ok(GrantRolePayload::of(LearnerAccount::new(&account)))
}

async fn granted_before(
    scope: &Scope,
    input: &GrantRoleInput,
    _: Outcome,
) -> Result<GrantRolePayload, Failed> {
    Ok(GrantRolePayload::of(LearnerAccount::new(&account(scope, input).await?)))
}

/// Whose role an admin sees to.
async fn account(scope: &Scope, input: &GrantRoleInput) -> Result<learner::Model, Failed> {
    scope.with(Right::Administer)?;
    let email = email("input.email", &input.email)?;
    let account = scope.learners()?.store.learner_of_address(&email).await?;
    account.ok_or_else(|| {
        let message = "There is no account with this address.";
        UserError::new("input.email", UserErrorCode::Invalid, message).into()
    })
}

fn email(path: &str, text: &str) -> Result<String, UserError> {
    address(text).ok_or_else(|| {
        UserError::new(path, UserErrorCode::Invalid, "Write an address such as ada@example.org.")
    })
}

fn password(path: &str, password: &str, email: &str) -> Result<(), UserError> {
    check(password, email.trim())
        .map_err(|weakness| UserError::new(path, UserErrorCode::WeakPassword, weakness.to_string()))
}

fn wrong_password(path: &str) -> UserError {
    UserError::new(path, UserErrorCode::WrongCredentials, "The password is not the one of the account.")
}
