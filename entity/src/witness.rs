//! Where a resource's address was found: the page itself, or public documents that name it.

use sea_orm::entity::prelude::*;

/// A row of `resource_witnesses`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_witnesses")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    /// The place among the resource's witnesses, from 0.
    pub position: i32,
    pub name: String,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
