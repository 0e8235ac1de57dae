//! What learners have asked to be done once, by the names that their clients gave it: who asks again is answered, and nothing is done a second time.

use sea_orm::entity::prelude::*;

/// A row of `requests`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requests")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    /// The client's name for it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// SHA-256 of what was asked for, in base64 for addresses.
    pub digest: String,
    /// What came of it, as JSON.
    pub outcome: String,
    pub made_at: DateTimeUtc,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
