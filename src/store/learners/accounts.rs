//! Accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement,
};
use uuid::Uuid;
use waymark_entity::{credential, learner, owner};

use super::super::write::Write;
use super::super::{Store, StoreError};
use super::{former, only, owners};

/// The role of those who see to the accounts of others.
const ADMIN: &str = "ADMIN";
/// What PostgreSQL knows the lock by that admins are changed under: "wayadmin" in ASCII.
const ADMINS_LOCK: i64 = 0x77_61_79_61_64_6d_69_6e;

/// What came of giving an account another role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleChange {
    /// It has it.
    Done,
    /// There is no such account.
    NoAccount,
    /// Whoever does it is no admin any more.
    NotAllowed,
    /// No admin would be left.
    LastAdmin,
}

/// An account that a provider's token makes: the name that its identity would be remembered by after a
/// deletion, and when the token was issued.
#[derive(Clone, Debug)]
pub struct Vouched {
    /// The name.
    pub name: String,
    /// When.
    pub issued_at: DateTime<Utc>,
}

impl Store {
    /// Adds an account; `false` where there is one of its address, or of its identity, already.
    pub async fn add_learner(&self, learner: learner::Model) -> Result<bool, StoreError> {
        let added = async {
            let write = self.begin_telling(Some(learner.id)).await?;
            for name in names(&learner) {
                if !owners::add(write.db(), name, learner.id).await? {
                    return Ok(false);
                }
            }
            let id = learner.id;
            learner::Entity::insert(learner.into_active_model()).exec_without_returning(write.db()).await?;
            self.lock(&write, id).await?;
            write.commit().await?;
            Ok(true)
        };
        added.await.map_err(|error| self.explain(error))
    }

    /// Adds an account for which a provider vouches; `false` if there is one already, or was one when the
    /// provider's token was issued.
    pub async fn add_vouched(
        &self,
        learner: learner::Model,
        vouched: Vouched,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let added = async {
            let write = self.begin_telling(Some(learner.id)).await?;
            for name in names(&learner) {
                if !owners::add(write.db(), name, learner.id).await? {
                    return Ok(false);
                }
            }
            // After the name was taken: who deletes the account at this moment has ended by now.
            if former::is_of_before(write.db(), &vouched, now).await? {
                return Ok(false);
            }
            let id = learner.id;
            learner::Entity::insert(learner.into_active_model()).exec_without_returning(write.db()).await?;
            self.lock(&write, id).await?;
            write.commit().await?;
            Ok(true)
        };
        let added = added.await.map_err(|error| self.explain(error))?;
        if !added {
            self.mend_former(&vouched.name, now).await?;
        }
        Ok(added)
    }

    /// The account of a key.
    pub async fn learner(&self, id: Uuid) -> Result<Option<learner::Model>, StoreError> {
        let found = only(learner::Entity::find_by_id(id), &self.reader).await;
        found.map_err(|error| self.explain(error))
    }

    /// The account of an address.
    pub async fn learner_of_address(&self, email: &str) -> Result<Option<learner::Model>, StoreError> {
        self.learner_of(owner::of_address(email)).await
    }

    /// The account of the first of some addresses that has one.
    pub async fn learner_of_addresses(&self, forms: &[String]) -> Result<Option<learner::Model>, StoreError> {
        for form in forms {
            if let Some(found) = self.learner_of_address(form).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The account of an outside identity.
    pub async fn learner_of_identity(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<learner::Model>, StoreError> {
        self.learner_of(owner::of_identity(issuer, subject)).await
    }

    async fn learner_of(&self, name: String) -> Result<Option<learner::Model>, StoreError> {
        let owner = owners::find(&self.reader, name).await.map_err(|error| self.explain(error))?;
        match owner {
            Some(id) => self.learner(id).await,
            None => Ok(None),
        }
    }

    /// All accounts, oldest first.
    pub async fn learners(&self) -> Result<Vec<learner::Model>, StoreError> {
        let all = learner::Entity::find().order_by_asc(learner::Column::Id).all(&self.reader).await;
        all.map_err(|error| self.explain(error))
    }

    /// What some learners are called: by the name that they have given, else by their address. Nobody who has neither, or is gone.
    pub async fn names(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, StoreError> {
        let some = learner::Entity::find().filter(learner::Column::Id.is_in(ids.iter().copied()));
        let found = some.all(&self.reader).await.map_err(|error| self.explain(error))?;
        let named =
            found.into_iter().filter_map(|learner| Some((learner.id, learner.name.or(learner.email)?)));
        Ok(named.collect())
    }

    /// Gives an account another password, and ends all of its sessions but one, or without one to keep all sessions and tokens; `false` where
    /// there is no such account.
    pub async fn set_password(
        &self,
        id: Uuid,
        hash: &str,
        kept_session: Option<Uuid>,
    ) -> Result<bool, StoreError> {
        let changed = async {
            let write = self.begin_for(id).await?;
            let changed = learner::Entity::update_many()
                .col_expr(learner::Column::PasswordHash, hash.into())
                .filter(learner::Column::Id.eq(id))
                .exec(write.db())
                .await?;
            let mut ended = credential::Entity::delete_many().filter(credential::Column::LearnerId.eq(id));
            if let Some(kept) = kept_session {
                ended = ended
                    .filter(credential::Column::Kind.eq(credential::SESSION))
                    .filter(credential::Column::Id.ne(kept));
            }
            ended.exec(write.db()).await?;
            write.commit().await?;
            Ok(changed.rows_affected > 0)
        };
        changed.await.map_err(|error| self.explain(error))
    }

    /// Gives an account another role, whoever is left; `false` if there is no such account. For operators.
    pub async fn set_role(&self, id: Uuid, role: &str) -> Result<bool, StoreError> {
        let changed = self.change_role(id, role, None).await;
        Ok(changed.map_err(|error| self.explain(error))? == RoleChange::Done)
    }

    /// Gives an account another role, by an admin who has to be one still. There is one afterwards too.
    pub async fn grant_role(&self, id: Uuid, role: &str, by: Uuid) -> Result<RoleChange, StoreError> {
        self.change_role(id, role, Some(by)).await.map_err(|error| self.explain(error))
    }

    async fn change_role(&self, id: Uuid, role: &str, by: Option<Uuid>) -> Result<RoleChange, DbErr> {
        let write = self.begin_among_admins(id).await?;
        if let Some(by) = by {
            let admins = admins(write.db()).await?;
            if !admins.contains(&by) {
                return Ok(RoleChange::NotAllowed);
            }
            if role != ADMIN && admins == [id] {
                return Ok(RoleChange::LastAdmin);
            }
        }
        let changed = learner::Entity::update_many()
            .col_expr(learner::Column::Role, role.into())
            .filter(learner::Column::Id.eq(id))
            .exec(write.db())
            .await?;
        write.commit().await?;
        Ok(if changed.rows_affected > 0 { RoleChange::Done } else { RoleChange::NoAccount })
    }

    /// Deletes an account with everything that is its learner's, unless no admin would be left; `false` then.
    /// The name is what the learner's identity at another provider is remembered by.
    pub async fn delete_learner(
        &self,
        id: Uuid,
        identity: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let deleted = async {
            let mut write = self.begin_among_admins(id).await?;
            if admins(write.db()).await? == [id] {
                return Ok(false);
            }
            // That it was asked for goes with it.
            write.forget();
            if let Some(name) = identity {
                former::remember(write.db(), name, now).await?;
            }
            owners::delete_all(write.db(), id).await?;
            learner::Entity::delete_by_id(id).exec(write.db()).await?;
            write.commit().await?;
            Ok(true)
        };
        deleted.await.map_err(|error| self.explain(error))
    }

    /// A transaction in which nobody else becomes an admin or ceases to be one.
    async fn begin_among_admins(&self, id: Uuid) -> Result<Write, DbErr> {
        let write = self.begin_telling(Some(id)).await?;
        if write.db().get_database_backend() == DbBackend::Postgres {
            let sql = "SELECT pg_advisory_xact_lock($1)";
            let lock = Statement::from_sql_and_values(DbBackend::Postgres, sql, [ADMINS_LOCK.into()]);
            write.db().execute_raw(lock).await?;
        }
        self.lock(&write, id).await?;
        Ok(write)
    }
}

/// All admins.
async fn admins(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
    let all = learner::Entity::find().select_only().column(learner::Column::Id);
    // As a text in the statement, not bound: so the index of those who are more than learners is used.
    let admins = all.filter(Expr::cust("role = 'ADMIN'"));
    admins.into_tuple().all(db).await
}

/// What the account is found by.
fn names(learner: &learner::Model) -> impl Iterator<Item = String> {
    let address = learner.email.as_deref().map(owner::of_address);
    let identity = learner.issuer.as_deref().zip(learner.subject.as_deref());
    address.into_iter().chain(identity.map(|(issuer, subject)| owner::of_identity(issuer, subject)))
}
