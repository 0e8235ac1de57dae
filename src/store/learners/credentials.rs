//! Sessions and tokens.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;
use waymark_entity::{credential, learner};

use super::super::{Store, StoreError};
use super::{caps, only};

/// What came of adding a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialAdded {
    /// It is there.
    Yes,
    /// What it was given for does not hold any more: it is not there.
    NotGiven,
    /// The learner has as many as may be: it is not there.
    Capped,
}

/// How long a token is kept after it has expired.
const TOKENS_KEPT: TimeDelta = TimeDelta::days(2 * 366);

/// What a credential is given for.
#[derive(Clone, Debug)]
pub enum GivenFor {
    /// The password of a hash.
    Password(String),
    /// A session.
    Session(Uuid),
}

impl Store {
    /// Adds one if what it is given for still holds, and forgets those of the same learner that
    /// have expired. One session more than there may be ends another one.
    pub async fn add_credential(
        &self,
        credential: credential::Model,
        given: &GivenFor,
    ) -> Result<CredentialAdded, StoreError> {
        let added = async {
            let learner = credential.learner_id;
            let mut write = self.begin_for(learner).await?;
            write.outcome.credential = Some(credential.id);
            let holds = match given {
                GivenFor::Password(hash) => {
                    let account = only(learner::Entity::find_by_id(learner), write.db()).await?;
                    account.is_some_and(|account| account.password_hash.as_ref() == Some(hash))
                }
                GivenFor::Session(id) => {
                    only(credential::Entity::find_by_id((learner, *id)), write.db()).await?.is_some()
                }
            };
            if !holds {
                return Ok(CredentialAdded::NotGiven);
            }
            // Sessions are begun again easily. Tokens are not: a clock that is ahead for a while is not to take
            // them away.
            let long_ago = credential.created_at - TOKENS_KEPT;
            let is_over = Condition::any()
                .add(credential::Column::ExpiresAt.lte(long_ago))
                .add(credential::Column::Kind.eq(credential::SESSION));
            credential::Entity::delete_many()
                .filter(credential::Column::LearnerId.eq(learner))
                .filter(credential::Column::ExpiresAt.lte(credential.created_at))
                .filter(is_over)
                .exec(write.db())
                .await?;
            if caps::admit_credential(write.db(), &credential).await?.is_err() {
                return Ok(CredentialAdded::Capped);
            }
            credential::Entity::insert(credential.into_active_model())
                .exec_without_returning(write.db())
                .await?;
            write.commit().await?;
            Ok(CredentialAdded::Yes)
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
            // Without a limit: see `only`.
            .all(&self.reader)
            .await;
        let found = found.map_err(|error| self.explain(error))?.pop();
        Ok(found.and_then(|(credential, learner)| Some((credential, learner?))))
    }

    /// Gives one another secret; `None` where it is not there any more.
    pub async fn renew_credential(
        &self,
        learner: Uuid,
        id: Uuid,
        secret_hash: &str,
    ) -> Result<Option<credential::Model>, StoreError> {
        let renewed = async {
            let write = self.begin_for(learner).await?;
            let renew = credential::Entity::update_many()
                .col_expr(credential::Column::SecretHash, secret_hash.into())
                .filter(credential::Column::LearnerId.eq(learner))
                .filter(credential::Column::Id.eq(id));
            let renewed = renew.exec_with_returning(write.db()).await?.pop();
            write.commit().await?;
            Ok(renewed)
        };
        renewed.await.map_err(|error| self.explain(error))
    }

    /// Whether one is still there.
    pub async fn has_credential(&self, learner: Uuid, id: Uuid) -> Result<bool, StoreError> {
        let found = only(credential::Entity::find_by_id((learner, id)), &self.reader).await;
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
        let revoked = async {
            let write = self.begin_for(learner).await?;
            let gone = credential::Entity::delete_by_id((learner, id)).exec(write.db()).await?;
            if gone.rows_affected > 0 {
                write.commit().await?;
            }
            Ok(gone.rows_affected > 0)
        };
        revoked.await.map_err(|error| self.explain(error))
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
