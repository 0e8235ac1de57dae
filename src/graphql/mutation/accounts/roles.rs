//! Who may do what.

use async_graphql::{Context, InputObject, Object, Result};
use waymark_entity::learner;

use super::{email, last_admin};
use crate::accounts::{Rank, address_forms};
use crate::graphql::access::Right;
use crate::graphql::arguments::stated;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::mutation::once::once;
use crate::graphql::scope::Scope;
use crate::graphql::types::{AccountRole, LearnerAccount};
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, apart, payload};
use crate::store::Outcome;
use crate::store::learners::RoleChange;

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
    /// What came of granting a role.
    GrantRolePayload {
        /// Who has it now.
        account: LearnerAccount,
    }
}

/// Mutations of admins.
#[derive(Default)]
pub(in crate::graphql::mutation) struct Roles;

#[Object]
impl Roles {
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
