//! Other names of topics, and their addresses in other vocabularies.

use sea_orm::entity::prelude::*;

/// The kind of a name that people use.
pub const NAME: &str = "NAME";
/// The kind of an address of the same thing elsewhere.
pub const LINK: &str = "LINK";

/// A row of `topic_texts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topic_texts")]
#[allow(missing_docs)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: i32,
    /// [`NAME`] or [`LINK`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub text: String,
}

/// None: the tables of the catalogue are read whole and joined in memory.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
