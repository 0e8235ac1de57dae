//! The changes of the database, one file each, oldest first.

use sea_orm_migration::prelude::*;

mod m20261123_000001_catalog;

/// All changes.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261123_000001_catalog::Migration)]
    }
}
