//! A requirement of a step (required or recommended) or of a role: exactly one of them owns it.

use sea_orm::entity::prelude::*;

/// A requirement of a step (required or recommended) or of a role: exactly one of them owns it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requirements")]
pub struct Model {
    /// Given by the importer: the place in the canonical order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The step.
    pub step_id: Option<i32>,
    /// The role.
    pub role_id: Option<i32>,
    /// Good to have first rather than required; only of steps.
    pub recommended: bool,
    /// How much it matters, 1 to 3.
    pub weight: i16,
}

/// The catalogue is read and written whole, table by table: no relation is followed in the database.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
