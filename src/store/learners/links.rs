//! Addresses that show a roadmap without an account.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use waymark_entity::link;

use super::super::{Store, StoreError};
use super::{RoadmapKey, only, roadmaps};

impl Store {
    /// Adds one where there is none of its kind for its roadmap: whichever there is then.
    pub async fn add_link(&self, link: link::Model) -> Result<link::Model, StoreError> {
        let added = async {
            let transaction = self.begin_write().await?;
            link::Entity::insert(link.clone().into_active_model())
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(&transaction)
                .await?;
            let key = (link.learner_id, link.roadmap_id);
            let there = only(of_roadmap(key, &link.kind), &transaction).await?;
            roadmaps::touch(&transaction, key, link.created_at).await?;
            transaction.commit().await?;
            Ok(there.unwrap_or(link))
        };
        added.await.map_err(|error| self.explain(error))
    }

    /// The one of a kind for a roadmap.
    pub async fn link(&self, roadmap: RoadmapKey, kind: &str) -> Result<Option<link::Model>, StoreError> {
        only(of_roadmap(roadmap, kind), &self.reader).await.map_err(|error| self.explain(error))
    }

    /// The one of a kind and a secret.
    pub async fn link_of_secret(&self, secret: &str, kind: &str) -> Result<Option<link::Model>, StoreError> {
        let found = link::Entity::find_by_id(secret).filter(link::Column::Kind.eq(kind));
        only(found, &self.reader).await.map_err(|error| self.explain(error))
    }

    /// Takes back the one of a kind for a roadmap.
    pub async fn delete_link(
        &self,
        (learner, roadmap): RoadmapKey,
        kind: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let deleted = async {
            let transaction = self.begin_write().await?;
            link::Entity::delete_many()
                .filter(link::Column::LearnerId.eq(learner))
                .filter(link::Column::RoadmapId.eq(roadmap))
                .filter(link::Column::Kind.eq(kind))
                .exec(&transaction)
                .await?;
            roadmaps::touch(&transaction, (learner, roadmap), now).await?;
            transaction.commit().await
        };
        deleted.await.map_err(|error| self.explain(error))
    }
}

fn of_roadmap((learner, roadmap): RoadmapKey, kind: &str) -> sea_orm::Select<link::Entity> {
    link::Entity::find()
        .filter(link::Column::LearnerId.eq(learner))
        .filter(link::Column::RoadmapId.eq(roadmap))
        .filter(link::Column::Kind.eq(kind))
}
