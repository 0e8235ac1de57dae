//! The steps that a resource teaches.

use sea_orm::entity::prelude::*;

/// A row of `coverages`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coverages")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub step_id: i32,
    /// Time to read, watch or do this, in millionths of an hour.
    pub hours_millionths: i64,
    /// Rating of how far it leads to the step's outcome, 1 to 5.
    pub fit: i32,
    pub section: Option<String>,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
