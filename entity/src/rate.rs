//! How often something may be done by one: the generic cell rate algorithm's one number for each.

use sea_orm::entity::prelude::*;

/// A row of `rates`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rates")]
#[allow(missing_docs)]
pub struct Model {
    /// A digest of who does what: nobody's address is kept for it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// When all that was done is made up for (the theoretical arrival time), in microseconds since 1970.
    pub free_at: i64,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
