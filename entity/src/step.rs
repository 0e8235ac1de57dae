//! The levels of the topics: the units of learning.

use sea_orm::entity::prelude::*;

/// A row of `steps`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "steps")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub topic_id: i32,
    /// `AWARE`, `WORKING`, `PROFICIENT` or `EXPERT`.
    pub level: String,
    /// The learning time of this level alone, in millionths of an hour.
    pub hours_millionths: i64,
    pub outcome: String,
    /// Something to do, and how to tell that it worked.
    pub practice: Option<String>,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
