//! What was planned for a roadmap, each time that it was.

use sea_orm::entity::prelude::*;

/// A row of `roadmap_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roadmap_versions")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub roadmap_id: Uuid,
    /// Counted from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub catalog_revision: i32,
    /// `SAVED`, `UPDATED`, `REPLANNED` or `SKIPPED`.
    pub cause: String,
    /// The steps with their days, as JSON.
    pub plan: String,
    /// What is different from the version before, as JSON.
    pub changes: Option<String>,
    pub created_at: DateTimeUtc,
    /// Digest of the catalogue that it was planned on; null in versions of earlier releases.
    pub catalog_digest: Option<String>,
}

/// What it is a version of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
#[allow(missing_docs)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::roadmap::Entity",
        from = "(Column::LearnerId, Column::RoadmapId)",
        to = "(super::roadmap::Column::LearnerId, super::roadmap::Column::Id)"
    )]
    Roadmap,
}

impl Related<super::roadmap::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Roadmap.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
