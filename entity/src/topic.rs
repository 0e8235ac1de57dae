//! A topic.

use sea_orm::entity::prelude::*;

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topics")]
pub struct Model {
    /// Given by the importer: the place in the canonical order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The area that it belongs to.
    pub area_id: i32,
    /// The stable name.
    #[sea_orm(unique)]
    pub slug: String,
    /// The name for people.
    pub title: String,
    /// A sentence.
    #[sea_orm(column_type = "Text")]
    pub summary: String,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
