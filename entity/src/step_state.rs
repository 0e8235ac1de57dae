//! How far learners are with the steps of their roadmaps. What has not been begun has no row.

use sea_orm::entity::prelude::*;

/// A row of `step_states`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "step_states")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub roadmap_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: String,
    /// `STARTED`, `COMPLETED` or `SKIPPED`.
    pub state: String,
    /// What the step was planned to take.
    pub hours_millionths: i64,
    /// How much it mattered.
    pub weight: i32,
    pub started_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
