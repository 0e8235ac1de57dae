//! Those who learn: by an address and a password, or by an outside provider of identities.

use sea_orm::entity::prelude::*;

/// A row of `learners`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learners")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// In lower case; once in the table.
    pub email: Option<String>,
    /// What they want to be called.
    pub name: Option<String>,
    /// Argon2id, in the PHC string format.
    pub password_hash: Option<String>,
    /// Who else vouches for them.
    pub issuer: Option<String>,
    /// What they are known by there.
    pub subject: Option<String>,
    /// `LEARNER`, `CURATOR` or `ADMIN`.
    pub role: String,
    pub created_at: DateTimeUtc,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
