//! The roadmaps that learners keep.

use sea_orm::entity::prelude::*;

/// A row of `roadmaps`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roadmaps")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// What was asked for, as JSON.
    pub wishes: String,
    /// The number of the current version.
    pub version: i32,
    /// Grows with whatever changes about the roadmap.
    pub change: i64,
    /// The `change` by which its plan, its wishes, its title, or what is begun, done or skipped
    /// changed last: what a change that was made from an earlier state would write over.
    pub plan_change: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
