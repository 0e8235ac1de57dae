//! The time that learners have spent.

use sea_orm::entity::prelude::*;

/// A row of `study`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "study")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub roadmap_id: Uuid,
    /// The step that it was spent on, where one is named.
    pub topic: Option<String>,
    pub level: Option<String>,
    pub studied_on: Date,
    pub hours_millionths: i64,
    pub note: Option<String>,
    pub logged_at: DateTimeUtc,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
