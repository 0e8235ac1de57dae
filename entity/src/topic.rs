//! What there is to learn.

use sea_orm::entity::prelude::*;

/// A row of `topics`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topics")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub area_id: i32,
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// Why it is worth learning although nothing asks for it.
    pub elective: Option<String>,
    /// Rating of how widely it is used among its alternatives, 0 to 100.
    pub popularity: i32,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
