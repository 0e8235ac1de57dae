//! What things of the catalogue were called before, and what they have taken the place of.

use sea_orm::entity::prelude::*;

/// A row of `aliases`: one table for all kinds, since it is read whole.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aliases")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// One of the kinds below.
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    /// A slug, or `topic@LEVEL` of a step.
    pub name: String,
    /// The key of what it leads to now, in the table of its kind.
    pub target_id: i32,
}

/// A former slug of an area.
pub const AREA: &str = "AREA";
/// A former slug of a topic.
pub const TOPIC: &str = "TOPIC";
/// A step that is no more.
pub const STEP: &str = "STEP";
/// A former slug of a role.
pub const ROLE: &str = "ROLE";
/// A former slug of a resource.
pub const RESOURCE: &str = "RESOURCE";

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
