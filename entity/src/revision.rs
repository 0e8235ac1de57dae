//! The log of imports. The other tables hold the content of its newest revision alone.

use sea_orm::entity::prelude::*;

/// A row of `catalog_revisions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_revisions")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub imported_at: DateTimeUtc,
    /// SHA-256 of the content, in hex.
    pub digest: String,
    /// Where it came from.
    pub source: String,
    /// The learner who made it, if one did. The account may be gone.
    pub author_id: Option<Uuid>,
    /// What its author says about it.
    pub message: Option<String>,
    /// What was in it, packed; nothing in those of before that was kept.
    pub content: Option<Vec<u8>>,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
