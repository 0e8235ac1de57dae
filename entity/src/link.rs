//! Addresses by which others, or a calendar, see a roadmap without an account. The secret is kept as it is: it opens nothing that is not in the same database.

use sea_orm::entity::prelude::*;

/// A view for others.
pub const SHARE: &str = "SHARE";
/// A calendar that subscribes.
pub const CALENDAR: &str = "CALENDAR";

/// A row of `links`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret: String,
    /// [`SHARE`] or [`CALENDAR`].
    pub kind: String,
    pub learner_id: Uuid,
    pub roadmap_id: Uuid,
    pub created_at: DateTimeUtc,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
