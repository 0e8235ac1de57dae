//! Sums of study logs by step, kept with each entry that is added or deleted.

use sea_orm::entity::prelude::*;

/// A row of `study_steps`. A step without entries has none.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "study_steps")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub roadmap_id: Uuid,
    /// The slug of the step's topic; empty for the entries that name no step.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: String,
    /// The step's level; empty for the entries that name no step.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: String,
    /// The number of entries.
    pub entries: i64,
    /// The hours of all of them.
    pub hours_millionths: i64,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
