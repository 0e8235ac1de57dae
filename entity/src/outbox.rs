//! What is new, for whoever has to look: a row is written in the transaction that it tells of, and read past a cursor by every server.

use sea_orm::entity::prelude::*;

/// A row of `outbox`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose something has changed; none where it is the catalogue.
    pub learner_id: Option<Uuid>,
    pub told_at: DateTimeUtc,
}

/// None: what is asked for is asked for by its key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
