//! A step that satisfies a requirement.

use sea_orm::entity::prelude::*;

/// A step that satisfies a requirement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alternatives")]
pub struct Model {
    /// The requirement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub requirement_id: i32,
    /// The step.
    #[sea_orm(primary_key, auto_increment = false)]
    pub step_id: i32,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
