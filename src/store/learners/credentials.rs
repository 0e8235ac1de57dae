//! Sessions and tokens.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;
use waymark_entity::{credential, learner};

use super::super::{Store, StoreError};

impl Store {
    /// Adds one, and forgets those of the same learner that have expired.
    pub async fn add_credential(&self, credential: credential::Model) -> Result<(), StoreError> {
        let added = async {
            let transaction = self.begin_write().await?;
            credential::Entity::delete_many()
                .filter(credential::Column::LearnerId.eq(credential.learner_id))
                .filter(credential::Column::ExpiresAt.lte(credential.created_at))
                .exec(&transaction)
                .await?;
            credential::Entity::insert(credential.into_active_model())
                .exec_without_returning(&transaction)
                .await?;
            transaction.commit().await
        };
        added.await.map_err(|error| self.explain(error))
    }

    /// The one of a secret's hash, with its learner; `None` where it was revoked or never there. Whether it has expired is for others to say.
    pub async fn credential(
        &self,
        learner: Uuid,
        secret_hash: &str,
    ) -> Result<Option<(credential::Model, learner::Model)>, StoreError> {
        let found = credential::Entity::find()
            .find_also_related(learner::Entity)
            .filter(credential::Column::LearnerId.eq(learner))
            .filter(credential::Column::SecretHash.eq(secret_hash))
            .one(&self.reader)
            .await;
        let found = found.map_err(|error| self.explain(error))?;
        Ok(found.and_then(|(credential, learner)| Some((credential, learner?))))
    }

    /// Whether one is still there.
    pub async fn has_credential(&self, learner: Uuid, id: Uuid) -> Result<bool, StoreError> {
        let found = credential::Entity::find_by_id((learner, id)).one(&self.reader).await;
        Ok(found.map_err(|error| self.explain(error))?.is_some())
    }

    /// Those of a kind, newest first.
    pub async fn credentials(&self, learner: Uuid, kind: &str) -> Result<Vec<credential::Model>, StoreError> {
        let all = credential::Entity::find()
            .filter(credential::Column::LearnerId.eq(learner))
            .filter(credential::Column::Kind.eq(kind))
            .order_by_desc(credential::Column::Id)
            .all(&self.reader)
            .await;
        all.map_err(|error| self.explain(error))
    }

    /// Revokes one; `false` where there is none.
    pub async fn revoke(&self, learner: Uuid, id: Uuid) -> Result<bool, StoreError> {
        let deleted = credential::Entity::delete_by_id((learner, id)).exec(&self.writer).await;
        Ok(deleted.map_err(|error| self.explain(error))?.rows_affected > 0)
    }

    /// Notes that one was used.
    pub async fn note_use(&self, learner: Uuid, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
        let noted = credential::Entity::update_many()
            .col_expr(credential::Column::LastUsedAt, super::instant(now).into())
            .filter(credential::Column::LearnerId.eq(learner))
            .filter(credential::Column::Id.eq(id))
            .exec(&self.writer)
            .await;
        noted.map(|_| ()).map_err(|error| self.explain(error))
    }
}
