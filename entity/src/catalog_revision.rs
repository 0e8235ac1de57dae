//! An import that changed the catalogue: the log of what the other tables have held.

use sea_orm::entity::prelude::*;

/// An import that changed the catalogue: the log of what the other tables have held.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_revisions")]
pub struct Model {
    /// Counts up from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// When, in UTC, to the microsecond.
    pub imported_at: DateTimeUtc,
    /// SHA-256 of the catalogue's canonical form, in hexadecimal.
    pub digest: String,
    /// Where it came from: a path, or `embedded`.
    #[sea_orm(column_type = "Text")]
    pub source: String,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
