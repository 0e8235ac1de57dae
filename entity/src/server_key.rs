//! Keys that all servers of a database share.

use sea_orm::entity::prelude::*;

/// A row of `server_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "server_keys")]
#[allow(missing_docs)]
pub struct Model {
    /// Its purpose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// 256 bits, in base64.
    pub secret: String,
    pub created_at: DateTimeUtc,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
