//! Addresses that show a roadmap without an account.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, ModelTrait as _,
    QueryFilter as _,
};
use waymark_entity::{link, owner};

use super::super::{Store, StoreError};
use super::{RoadmapKey, only, owners, roadmaps};

impl Store {
    /// Adds one where there is none of its kind for its roadmap: whichever there is then.
    pub async fn add_link(&self, link: link::Model) -> Result<link::Model, StoreError> {
        let added = async {
            let key = (link.learner_id, link.roadmap_id);
            let write = self.begin_for(key.0).await?;
            if let Some(there) = only(of_roadmap(key, &link.kind), write.db()).await? {
                return Ok(there);
            }
            link::Entity::insert(link.clone().into_active_model()).exec_without_returning(write.db()).await?;
            owners::add(write.db(), owner::of_link(&link.secret), key.0).await?;
            roadmaps::touch(write.db(), key, link.created_at).await?;
            write.commit().await?;
            Ok(link)
        };
        added.await.map_err(|error| self.explain(error))
    }

    /// The one of a kind for a roadmap.
    pub async fn link(&self, roadmap: RoadmapKey, kind: &str) -> Result<Option<link::Model>, StoreError> {
        only(of_roadmap(roadmap, kind), &self.reader).await.map_err(|error| self.explain(error))
    }

    /// The one of a kind and a secret.
    pub async fn link_of_secret(&self, secret: &str, kind: &str) -> Result<Option<link::Model>, StoreError> {
        let found = async {
            let owner = owners::find(&self.reader, owner::of_link(secret)).await?;
            let Some(learner) = owner else { return Ok(None) };
            let of_secret = link::Entity::find()
                .filter(link::Column::LearnerId.eq(learner))
                .filter(link::Column::Secret.eq(secret))
                .filter(link::Column::Kind.eq(kind));
            only(of_secret, &self.reader).await
        };
        found.await.map_err(|error| self.explain(error))
    }

    /// Takes back the one of a kind for a roadmap.
    pub async fn delete_link(
        &self,
        (learner, roadmap): RoadmapKey,
        kind: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let deleted = async {
            let write = self.begin_for(learner).await?;
            if let Some(link) = only(of_roadmap((learner, roadmap), kind), write.db()).await? {
                owners::delete(write.db(), owner::of_link(&link.secret)).await?;
                link.delete(write.db()).await?;
            }
            roadmaps::touch(write.db(), (learner, roadmap), now).await?;
            write.commit().await
        };
        deleted.await.map_err(|error| self.explain(error))
    }
}

/// Has nobody find the links of a roadmap by their secrets any more.
pub(super) async fn disown(db: &impl ConnectionTrait, (learner, roadmap): RoadmapKey) -> Result<(), DbErr> {
    let links = link::Entity::find()
        .filter(link::Column::LearnerId.eq(learner))
        .filter(link::Column::RoadmapId.eq(roadmap));
    for link in links.all(db).await? {
        owners::delete(db, owner::of_link(&link.secret)).await?;
    }
    Ok(())
}

fn of_roadmap((learner, roadmap): RoadmapKey, kind: &str) -> sea_orm::Select<link::Entity> {
    link::Entity::find()
        .filter(link::Column::LearnerId.eq(learner))
        .filter(link::Column::RoadmapId.eq(roadmap))
        .filter(link::Column::Kind.eq(kind))
}
