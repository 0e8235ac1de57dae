//! What a learner is recognised by: the session of a browser, or the token of a program.

use sea_orm::entity::prelude::*;

/// A browser's, from signing in to signing out.
pub const SESSION: &str = "SESSION";
/// A program's.
pub const TOKEN: &str = "TOKEN";

/// A row of `credentials`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credentials")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub learner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// [`SESSION`] or [`TOKEN`].
    pub kind: String,
    /// SHA-256 of the secret, in base64 for addresses.
    pub secret_hash: String,
    /// What the learner calls a token.
    pub name: String,
    /// What a token may be used for, separated by spaces.
    pub scopes: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// To within some minutes.
    pub last_used_at: Option<DateTimeUtc>,
}

/// Whose it is, asked for in one go.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
#[allow(missing_docs)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::learner::Entity",
        from = "Column::LearnerId",
        to = "super::learner::Column::Id"
    )]
    Learner,
}

impl Related<super::learner::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Learner.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
