//! Identities whose accounts were deleted.

use sea_orm::entity::prelude::*;

/// A row of `former_identities`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "former_identities")]
#[allow(missing_docs)]
pub struct Model {
    /// What the identity is known by to those who have the server's key: it names nobody by itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub deleted_at: DateTimeUtc,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
