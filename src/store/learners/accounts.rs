//! Accounts.

use std::collections::HashMap;

use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;
use waymark_entity::{credential, learner, owner};

use super::super::{Store, StoreError};
use super::{only, owners};

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

    /// The account of a key.
    pub async fn learner(&self, id: Uuid) -> Result<Option<learner::Model>, StoreError> {
        let found = only(learner::Entity::find_by_id(id), &self.reader).await;
        found.map_err(|error| self.explain(error))
    }

    /// The account of an address.
    pub async fn learner_of_address(&self, email: &str) -> Result<Option<learner::Model>, StoreError> {
        self.learner_of(owner::of_address(email)).await
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

    /// Gives an account another role; `false` where there is no such account.
    pub async fn set_role(&self, id: Uuid, role: &str) -> Result<bool, StoreError> {
        let changed = async {
            let write = self.begin_for(id).await?;
            let changed = learner::Entity::update_many()
                .col_expr(learner::Column::Role, role.into())
                .filter(learner::Column::Id.eq(id))
                .exec(write.db())
                .await?;
            write.commit().await?;
            Ok(changed.rows_affected > 0)
        };
        changed.await.map_err(|error| self.explain(error))
    }

    /// Deletes an account with everything that is its learner's.
    pub async fn delete_learner(&self, id: Uuid) -> Result<(), StoreError> {
        let deleted = async {
            let mut write = self.begin_for(id).await?;
            // That it was asked for goes with it.
            write.forget();
            owners::delete_all(write.db(), id).await?;
            learner::Entity::delete_by_id(id).exec(write.db()).await?;
            write.commit().await
        };
        deleted.await.map_err(|error| self.explain(error))
    }
}

/// What the account is found by.
fn names(learner: &learner::Model) -> impl Iterator<Item = String> {
    let address = learner.email.as_deref().map(owner::of_address);
    let identity = learner.issuer.as_deref().zip(learner.subject.as_deref());
    address.into_iter().chain(identity.map(|(issuer, subject)| owner::of_identity(issuer, subject)))
}
