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
    /// How long this takes to read, watch or do, in millionths of an hour.
    pub hours_millionths: i64,
    /// How far it leads to the step's outcome, 1 to 5.
    pub fit: i32,
    pub section: Option<String>,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
