//! Signing up, in and out.

use async_graphql::{Context, InputObject, Object, Result};

use super::cookies::{self, SET_COOKIE};
use super::{email, password, person};
use crate::accounts::DEVICE_DAYS;
use crate::accounts::audit::Event;
use crate::graphql::arguments::stated;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::price::{PASSWORD, cost};
use crate::graphql::scope::{Cookie, Scope};
use crate::graphql::types::Viewer;
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, apart, payload, scope_of};
use crate::service::{Origin, SESSION_DAYS, SignedIn};

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

/// Mutations that begin and end a session.
#[derive(Default)]
pub(in crate::graphql::mutation) struct Sessions;

#[Object]
impl Sessions {
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
            cookies::remove(ctx, scope);
            sign_out(scope).await
        });
        SignOutPayload::from(ctx, came.await)
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
