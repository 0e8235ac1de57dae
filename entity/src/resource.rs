//! What there is to learn from.

use sea_orm::entity::prelude::*;

/// A row of `resources`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resources")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub slug: String,
    pub title: String,
    /// A kind's name in the file format, such as `BOOK`.
    pub kind: String,
    pub url: String,
    /// 13 digits.
    pub isbn: Option<String>,
    pub doi: Option<String>,
    pub arxiv: Option<String>,
    pub standard: Option<String>,
    /// The day on which the address was confirmed, such as `2026-11-24`.
    pub attested_on: Option<String>,
    pub provider: Option<String>,
    pub year: Option<i32>,
    /// BCP 47.
    pub language: String,
    /// In cents of a US dollar.
    pub price_cents: i64,
    /// 1 to 5.
    pub quality: i32,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
