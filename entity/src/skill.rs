//! What learners know. A level brings the lower ones of its topic.

use sea_orm::entity::prelude::*;

/// A row of `skills`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "skills")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    /// The slug, also of one that the catalogue does not have any more.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: String,
    /// `SAID`, `COMPLETED` or `IMPORTED`.
    pub source: String,
    pub recorded_at: DateTimeUtc,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
