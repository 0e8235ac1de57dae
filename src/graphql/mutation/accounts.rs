//! Accounts: signing up, in and out, tokens for programs, and the end of it.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::TimeDelta;
use waymark_entity::learner;

use super::once::{another_request, once};
use crate::accounts::audit::Event;
use crate::accounts::{DEVICE_DAYS, Rank, address, address_forms, name};
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::ids::Key;
use crate::graphql::price::{PASSWORD, cost};
use crate::graphql::scope::{Cookie, Scope};
use crate::graphql::types::{AccessToken, AccountRole, LearnerAccount, TokenScope, Viewer};
use crate::graphql::user_errors::{
    Failed, Text, UserError, UserErrorCode, apart, payload, scope_of, trimmed,
};
use crate::service::{self, Added, Deletion, Lost, Origin, SESSION_DAYS, SignedIn};
use crate::store::Outcome;
use crate::store::learners::{CapReached, RoleChange};

/// The header that sets a cookie.
const SET_COOKIE: &str = "set-cookie";
/// How long a token lasts at most, in days.
const MOST_TOKEN_DAYS: i32 = 366;

/// Who wants an account.
#[derive(InputObject)]
pub(crate) struct SignUpInput {
    /// The address that one signs in with. Capitals do not count. Before the @ it is ASCII; a domain may be internationalised, and is kept in its
    /// ASCII form.
    #[doc = stated!(email)]
    email: String,
    /// At least 10 characters of any kind that are hard to guess.
    #[doc = stated!(password)]
    #[graphql(secret)]
    password: String,
    /// What one wants to be called, in characters all of which can be seen.
    #[doc = stated!(name)]
    name: Option<String>,
    /// A name for the request that the client makes up, given back in the answer.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// Who is there.
#[derive(InputObject)]
pub(crate) struct SignInInput {
    /// The address of the account.
    #[doc = stated!(email)]
    email: String,
    /// Its password.
    #[doc = stated!(password)]
    #[graphql(secret)]
    password: String,
    /// A name for the request that the client makes up, given back in the answer.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// Another password. Requests are told apart by their `clientMutationId` and not by the passwords: one that is sent again is answered as done where
/// `newPassword` is the password of the account, and refused as another request where it is not.
#[derive(InputObject)]
pub(crate) struct ChangePasswordInput {
    /// The password so far.
    #[doc = stated!(password)]
    #[graphql(secret)]
    current_password: String,
    /// The one from now on: at least 10 characters of any kind that are hard to guess.
    #[doc = stated!(password)]
    #[graphql(secret)]
    new_password: String,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

/// The end of an account.
#[derive(InputObject)]
pub(crate) struct DeleteAccountInput {
    /// The password, so that nobody does it at a computer that was left alone. Not needed for an account of an outside provider.
    #[doc = stated!(password)]
    #[graphql(secret)]
    password: Option<String>,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
    client_mutation_id: Option<String>,
}

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

/// What somebody is to be.
#[derive(InputObject)]
pub(crate) struct GrantRoleInput {
    /// The address of the account.
    #[doc = stated!(email)]
    email: String,
    /// What its learner may do from now on.
    role: AccountRole,
    /// A name for the request that the client makes up: sent again with the same name, it is answered and not done a second time, for a week.
    #[doc = stated!(key)]
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
    #[graphql(directive = cost::apply(PASSWORD, None))]
    async fn sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants an account.")] input: SignUpInput,
    ) -> Option<Result<SignUpPayload>> {
        let came = apart(ctx, async { sign_up(scope_of(ctx)?, input).await });
        SignUpPayload::from(ctx, came.await)
    }

    /// Begins a session: the answer brings a cookie that no script can read. Over HTTP alone, since a WebSocket can't set one. After some wrong
    /// passwords one has to wait.
    #[graphql(directive = cost::apply(PASSWORD, None))]
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and the password.")] input: SignInInput,
    ) -> Option<Result<SignInPayload>> {
        let came = apart(ctx, async {
            let (cookie, signed_in) = sign_in(scope_of(ctx)?, input).await?;
            ctx.append_http_header(SET_COOKIE, cookie.set(&signed_in.token.text(), SESSION_DAYS * 86_400));
            ctx.append_http_header(SET_COOKIE, cookie.set_device(&signed_in.device, DEVICE_DAYS));
            Ok(SignInPayload::of(Viewer::new(&scope_of(ctx)?.of(signed_in.who))))
        });
        SignInPayload::from(ctx, came.await)
    }

    /// Ends the session, or revokes the token, that the request came with. What is followed by it ends too. A token of another provider's is for
    /// that one to end.
    async fn sign_out(&self, ctx: &Context<'_>) -> Option<Result<SignOutPayload>> {
        let came = apart(ctx, async {
            let scope = scope_of(ctx)?;
            remove_cookie(ctx, scope);
            sign_out(scope).await
        });
        SignOutPayload::from(ctx, came.await)
    }

    /// Gives the account another password, and ends all other sessions. Tokens stay: revoke those that somebody else may have.
    #[graphql(directive = cost::apply(PASSWORD, None))]
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old and the new one.")] input: ChangePasswordInput,
    ) -> Option<Result<ChangePasswordPayload>> {
        let came = apart(ctx, async {
            let payload = once(ctx, &input, change_password, changed_before).await?;
            remember_device(ctx, scope_of(ctx)?).await?;
            Ok(payload)
        });
        ChangePasswordPayload::from(ctx, came.await)
    }

    /// Deletes the account with everything that is its learner's: skills, ratings, roadmaps, the log. There is no way back.
    #[graphql(directive = cost::apply(PASSWORD, None))]
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password once more.")] input: DeleteAccountInput,
    ) -> Option<Result<DeleteAccountPayload>> {
        let came = apart(ctx, async {
            let payload = once(ctx, &input, delete_account, async |_, _, _| Err(Lost.into())).await?;
            remove_cookie(ctx, scope_of(ctx)?);
            forget_device(ctx, scope_of(ctx)?);
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

    /// Makes somebody a curator or an admin, or a mere learner again. For admins; the first one is made by `waymark user grant`.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be what.")] input: GrantRoleInput,
    ) -> Option<Result<GrantRolePayload>> {
        let came = apart(ctx, once(ctx, &input, grant_role, granted_before));
        GrantRolePayload::from(ctx, came.await)
    }
}

/// Has the browser forget its session.
fn remove_cookie(ctx: &Context<'_>, scope: &Scope) {
    if let Some(cookie) = scope.asker().cookie {
        ctx.append_http_header(SET_COOKIE, cookie.set("", 0));
    }
}

/// Has the browser's device be known to the account and its password.
async fn remember_device(ctx: &Context<'_>, scope: &Scope) -> Result<(), Failed> {
    let asker = scope.asker();
    if let (Some(cookie), Some(who)) = (asker.cookie, &asker.who) {
        let device = scope.learners()?.accounts.device(who.id, asker.device.as_deref()).await?;
        ctx.append_http_header(SET_COOKIE, cookie.set_device(&device, DEVICE_DAYS));
    }
    Ok(())
}

/// Has the browser forget that the account was used on its device.
fn forget_device(ctx: &Context<'_>, scope: &Scope) {
    let asker = scope.asker();
    if let (Some(cookie), Some(who), Some(device)) = (asker.cookie, &asker.who, &asker.device) {
        let device = crate::accounts::forget_device(Some(device), who.id);
        ctx.append_http_header(SET_COOKIE, cookie.set_device(&device, DEVICE_DAYS));
    }
}

async fn sign_up(scope: &Scope, input: SignUpInput) -> Result<SignUpPayload, Failed> {
    let (accounts, client) = (&scope.learners()?.accounts, &scope.asker().client);
    // Before anything is computed: how easily a password is guessed takes a while to say.
    accounts.begin_sign_up(client).await?;
    let mut errors = Vec::new();
    let mut keep = |error: UserError| errors.push(error);
    let email = email("input.email", &input.email).map_err(&mut keep).ok();
    let known = [Some(&input.email), input.name.as_ref()].into_iter().flatten().cloned().collect();
    password(accounts, "input.password", &input.password, known).await?.map_err(&mut keep).ok();
    let name = person("input.name", input.name.as_deref()).map_err(&mut keep).ok();
    let (Some(email), Some(name), true) = (email, name, errors.is_empty()) else {
        return Err(Failed::User(errors));
    };
    accounts.sign_up(client, email, input.password, name).await?;
    Ok(SignUpPayload::of())
}

async fn sign_in(scope: &Scope, input: SignInInput) -> Result<(Cookie, SignedIn), Failed> {
    let asker = scope.asker();
    let cookie = asker.cookie.ok_or_else(|| {
        ApiError::new(
            Code::BadUserInput,
            "Sign in with POST: only such an answer can bring the session's cookie.",
        )
    })?;
    let from = Origin { client: &asker.client, device: asker.device.as_deref() };
    let signed_in = scope.learners()?.accounts.sign_in(from, &input.email, input.password).await?;
    let signed_in = signed_in.ok_or_else(|| {
        let message = "The address or the password is wrong.";
        UserError::new("input", UserErrorCode::WrongCredentials, message)
    })?;
    Ok((cookie, signed_in))
}

async fn sign_out(scope: &Scope) -> Result<SignOutPayload, Failed> {
    let asker = scope.asker();
    if let Some(who) = &asker.who
        && let Some(session) = who.credential()
    {
        scope.learners()?.accounts.revoke(who, &asker.client, session, Event::SignedOut).await?;
    }
    Ok(SignOutPayload::of())
}

async fn change_password(
    scope: &Scope,
    input: &ChangePasswordInput,
) -> Result<ChangePasswordPayload, Failed> {
    let who = scope.with(Right::Account)?;
    let learners = scope.learners()?;
    let account = learners.store.learner(who.id).await?;
    let known =
        account.map(|account| [account.email, account.name]).into_iter().flatten().flatten().collect();
    password(&learners.accounts, "input.newPassword", &input.new_password, known).await??;
    let (current, new) = (input.current_password.clone(), input.new_password.clone());
    if learners.accounts.change_password(who, &scope.asker().client, current, new).await? {
        return Ok(ChangePasswordPayload::of(Viewer::new(scope)));
    }
    Err(wrong_password("input.currentPassword").into())
}

/// Requests are told apart without their passwords: it is the same one if what it wants is so.
async fn changed_before(
    scope: &Scope,
    input: &ChangePasswordInput,
    _: Outcome,
) -> Result<ChangePasswordPayload, Failed> {
    let who = scope.with(Right::Account)?;
    let accounts = &scope.learners()?.accounts;
    if accounts.is_password(who, &scope.asker().client, input.new_password.clone()).await? {
        return Ok(ChangePasswordPayload::of(Viewer::new(scope)));
    }
    Err(another_request())
}

async fn delete_account(scope: &Scope, input: &DeleteAccountInput) -> Result<DeleteAccountPayload, Failed> {
    let who = scope.with(Right::Leave)?;
    let deletion = scope.learners()?.accounts.delete(who, &scope.asker().client, input.password.clone());
    match deletion.await? {
        Deletion::Done => Ok(DeleteAccountPayload::of()),
        Deletion::WrongPassword => Err(wrong_password("input.password").into()),
        Deletion::LastAdmin => Err(last_admin("input").into()),
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
    let made = outcome.credential.ok_or(Lost)?;
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

async fn grant_role(scope: &Scope, input: &GrantRoleInput) -> Result<GrantRolePayload, Failed> {
    let account = account(scope, input).await?;
    let (by, rank) = (scope.with(Right::Administer)?, Rank::from(input.role));
    let accounts = &scope.learners()?.accounts;
    match accounts.grant_role(account.id, rank, by, &scope.asker().client).await? {
        RoleChange::Done => {
            let account = learner::Model { role: rank.name().to_owned(), ..account };
            Ok(GrantRolePayload::of(LearnerAccount::new(&account)))
        }
        RoleChange::LastAdmin => Err(last_admin("input.role").into()),
        RoleChange::NoAccount => Err(no_account().into()),
        RoleChange::NotAllowed => Err(ApiError::new(Code::Forbidden, "You are no admin any more.").into()),
    }
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
    let forms = address_forms(&input.email);
    if forms.is_empty() {
        email("input.email", &input.email)?;
    }
    scope.learners()?.store.learner_of_addresses(&forms).await?.ok_or_else(|| no_account().into())
}

fn no_account() -> UserError {
    UserError::new("input.email", UserErrorCode::Invalid, "There is no account with this address.")
}

fn last_admin(path: &str) -> UserError {
    let message = "This is the last admin: make somebody else an admin first.";
    UserError::new(path, UserErrorCode::LastAdmin, message)
}

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

fn wrong_password(path: &str) -> UserError {
    UserError::new(path, UserErrorCode::WrongCredentials, "The password is not the one of the account.")
}
