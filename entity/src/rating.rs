//! What learners think of resources.

use sea_orm::entity::prelude::*;

/// A row of `ratings`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ratings")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    /// The slug.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource: String,
    /// From 1 to 5.
    pub stars: i32,
    pub rated_at: DateTimeUtc,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
