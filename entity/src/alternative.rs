//! The steps any one of which satisfies a requirement.

use sea_orm::entity::prelude::*;

/// A row of `alternatives`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alternatives")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub requirement_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub step_id: i32,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
