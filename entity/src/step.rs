//! A topic at a level.

use sea_orm::entity::prelude::*;

/// A topic at a level.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "steps")]
pub struct Model {
    /// Given by the importer: the place in the canonical order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The topic.
    pub topic_id: i32,
    /// AWARE, WORKING, PROFICIENT or EXPERT.
    pub level: String,
    /// Learning time in millionths of an hour, more than 0.
    pub hours_millionths: i64,
    /// What somebody who holds it can be seen to do.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
