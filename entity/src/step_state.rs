//! How far learners are with the steps of their roadmaps. What has not been begun has no row.

use sea_orm::entity::prelude::*;

/// Begun.
pub const STARTED: &str = "STARTED";
/// Learned.
pub const COMPLETED: &str = "COMPLETED";
/// Skipped, since it is known already.
pub const KNOWN: &str = "KNOWN";
/// Skipped, since it is not wanted.
pub const UNWANTED: &str = "UNWANTED";

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
    /// `STARTED`, `COMPLETED`, or skipped: `KNOWN` or `UNWANTED`.
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
