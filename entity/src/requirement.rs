//! What steps and roles ask for: any one of the [alternatives](super::alternative) satisfies a requirement.
//!
//! That a step requires the next lower level of its topic is implied and has no row.

use sea_orm::entity::prelude::*;

/// The strength of what must hold.
pub const REQUIRED: &str = "REQUIRED";
/// The strength of what is good to have and never forced.
pub const RECOMMENDED: &str = "RECOMMENDED";

/// A row of `requirements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requirements")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The step that asks; either this or `role_id` is set.
    pub step_id: Option<i32>,
    /// The role that asks.
    pub role_id: Option<i32>,
    /// [`REQUIRED`] or [`RECOMMENDED`]; of a role always required.
    pub strength: String,
    /// How much it matters, 1 to 3.
    pub weight: i32,
    /// The place among those of the same owner and strength, from 0.
    pub position: i32,
    /// Why the steps stand for each other; of a role's requirements alone.
    pub reason: Option<String>,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
