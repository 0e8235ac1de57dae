//! An area of topics.

use sea_orm::entity::prelude::*;

/// An area of topics.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "areas")]
pub struct Model {
    /// Given by the importer: the place in the canonical order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The stable name.
    #[sea_orm(unique)]
    pub slug: String,
    /// The name for people.
    pub title: String,
    /// A sentence.
    #[sea_orm(column_type = "Text", nullable)]
    pub summary: Option<String>,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
