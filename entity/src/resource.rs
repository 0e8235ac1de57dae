//! A learning resource.

use sea_orm::entity::prelude::*;

/// A learning resource.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resources")]
pub struct Model {
    /// Given by the importer: the place in the canonical order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The stable name.
    #[sea_orm(unique)]
    pub slug: String,
    /// The name for people.
    pub title: String,
    /// BOOK, COURSE and so on.
    pub kind: String,
    /// An http or https address.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// Who publishes or offers it.
    pub provider: Option<String>,
    /// Of the edition.
    pub year: Option<i32>,
    /// BCP 47.
    pub language: String,
    /// US cents; 0 is free.
    pub price_cents: i64,
    /// The curators' judgement, 1 to 5.
    pub quality: i16,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
