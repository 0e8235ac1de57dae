//! A step that a resource teaches.

use sea_orm::entity::prelude::*;

/// A step that a resource teaches.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coverages")]
pub struct Model {
    /// The resource.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i32,
    /// The step.
    #[sea_orm(primary_key, auto_increment = false)]
    pub step_id: i32,
    /// Learning time in millionths of an hour, more than 0.
    pub hours_millionths: i64,
    /// The part that teaches it.
    #[sea_orm(column_type = "Text", nullable)]
    pub section: Option<String>,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
