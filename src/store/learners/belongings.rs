//! All that is kept of a learner.

use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter as _};
use uuid::Uuid;
use waymark_entity::{credential, learner, link, rating, roadmap, roadmap_version, skill, step_state, study};

use super::super::catalog::{self, Revision};
use super::super::{Store, StoreError};
use super::only;

/// What the tables have of a learner, each in the order of its keys, the same on each database.
#[derive(Clone, Debug)]
pub struct Belongings {
    /// Who it is.
    pub account: learner::Model,
    /// Sessions and tokens.
    pub credentials: Vec<credential::Model>,
    /// What the learner knows.
    pub skills: Vec<skill::Model>,
    /// What the learner thinks of resources.
    pub ratings: Vec<rating::Model>,
    /// What the learner keeps.
    pub roadmaps: Vec<roadmap::Model>,
    /// All versions of that.
    pub versions: Vec<roadmap_version::Model>,
    /// The steps of that which were begun.
    pub states: Vec<step_state::Model>,
    /// Time spent.
    pub study: Vec<study::Model>,
    /// Addresses that show a roadmap to others.
    pub links: Vec<link::Model>,
    /// The revisions of the catalogue that the learner has made.
    pub revisions: Vec<Revision>,
}

impl Store {
    /// All that is kept of a learner, of one moment; `None` where there is no such account.
    pub async fn belongings(&self, learner: Uuid) -> Result<Option<Belongings>, StoreError> {
        self.read_belongings(learner).await.map_err(|error| self.explain(error))
    }

    async fn read_belongings(&self, id: Uuid) -> Result<Option<Belongings>, DbErr> {
        let db = self.begin_read().await?;
        let Some(account) = only(learner::Entity::find_by_id(id), &db).await? else { return Ok(None) };
        let found = Belongings {
            account,
            credentials: of::<credential::Entity, _>(&db, credential::Column::LearnerId, id, |row| row.id)
                .await?,
            skills: of::<skill::Entity, _>(&db, skill::Column::LearnerId, id, |row| {
                (row.topic.clone(), row.level.clone())
            })
            .await?,
            ratings: of::<rating::Entity, _>(&db, rating::Column::LearnerId, id, |row| row.resource.clone())
                .await?,
            roadmaps: of::<roadmap::Entity, _>(&db, roadmap::Column::LearnerId, id, |row| row.id).await?,
            versions: of::<roadmap_version::Entity, _>(&db, roadmap_version::Column::LearnerId, id, |row| {
                row.number
            })
            .await?,
            states: of::<step_state::Entity, _>(&db, step_state::Column::LearnerId, id, |row| {
                (row.topic.clone(), row.level.clone())
            })
            .await?,
            study: of::<study::Entity, _>(&db, study::Column::LearnerId, id, |row| row.id).await?,
            links: of::<link::Entity, _>(&db, link::Column::LearnerId, id, |row| row.kind.clone()).await?,
            revisions: catalog::revisions_by(&db, id).await?,
        };
        db.commit().await?;
        Ok(Some(found))
    }
}

/// The rows of a learner in a table. They are put in order here, since databases do not order texts alike.
async fn of<E: EntityTrait, K: Ord>(
    db: &DatabaseTransaction,
    owner: E::Column,
    id: Uuid,
    key: impl FnMut(&E::Model) -> K,
) -> Result<Vec<E::Model>, DbErr> {
    let mut rows = E::find().filter(owner.eq(id)).all(db).await?;
    rows.sort_by_cached_key(key);
    Ok(rows)
}
