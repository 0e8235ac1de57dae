//! Identities whose accounts were deleted.

use sea_orm::entity::prelude::*;

/// A row of `former_identities`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "former_identities")]
#[allow(missing_docs)]
pub struct Model {
    /// HMAC of the identity with a key of the server: it names nobody by itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub deleted_at: DateTimeUtc,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
