//! Changing the password, and the end of an account.

use async_graphql::{Context, InputObject, Object, Result};

use super::cookies;
use super::{last_admin, password};
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::mutation::once::{another_request, once};
use crate::graphql::price::{PASSWORD, cost};
use crate::graphql::scope::Scope;
use crate::graphql::types::Viewer;
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, apart, payload, scope_of};
use crate::service::{Deletion, Lost};
use crate::store::Outcome;

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

/// Mutations that ask for the password.
#[derive(Default)]
pub(in crate::graphql::mutation) struct Passwords;

#[Object]
impl Passwords {
    /// Gives the account another password, and ends all other sessions. Tokens stay: revoke those that somebody else may have.
    #[graphql(directive = cost::apply(PASSWORD, None))]
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old and the new one.")] input: ChangePasswordInput,
    ) -> Option<Result<ChangePasswordPayload>> {
        let came = apart(ctx, async {
            let payload = once(ctx, &input, change_password, changed_before).await?;
            cookies::remember_device(ctx, scope_of(ctx)?).await?;
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
            let payload = once(ctx, &input, delete_account, async |_, _, _| Err(Lost::Fault.into())).await?;
            cookies::remove(ctx, scope_of(ctx)?);
            cookies::forget_device(ctx, scope_of(ctx)?);
            Ok(payload)
        });
        DeleteAccountPayload::from(ctx, came.await)
    }
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

fn wrong_password(path: &str) -> UserError {
    UserError::new(path, UserErrorCode::WrongCredentials, "The password is not the one of the account.")
}
