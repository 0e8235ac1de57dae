//! Whose it is what a name is of that does not tell: an address, an outside identity, the secret of a link. All that is found then is looked for by
//! its learner, so the tables of learners need no key but the learner's.

use sea_orm::entity::prelude::*;

/// A row of `owners`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "owners")]
#[allow(missing_docs)]
pub struct Model {
    /// See [`of_address`], [`of_identity`] and [`of_link`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub learner_id: Uuid,
}

/// The name of an address.
pub fn of_address(email: &str) -> String {
    format!("address {email}")
}

/// The name of an outside identity.
pub fn of_identity(issuer: &str, subject: &str) -> String {
    format!("identity {issuer} {subject}")
}

/// The name of a link.
pub fn of_link(secret: &str) -> String {
    format!("link {secret}")
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
