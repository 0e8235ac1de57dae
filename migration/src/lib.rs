//! The changes of the database, one file each, oldest first. A change that was released is never edited: a new one follows it.
//!
//! Everything is written in the part of SQL that SQLite and PostgreSQL share: names of levels and kinds are text, and instants are
//! set by the application.

// The trait elides the manager's lifetime, and an implementation has to do the same.
#![allow(elided_lifetimes_in_paths)]

mod columns;
mod m20261123_000001_topics;
mod m20261123_000002_roles;
mod m20261123_000003_requirements;
mod m20261123_000004_resources;
mod m20261123_000005_revisions;
mod m20261124_000001_provenance;
mod m20261127_000001_learners;
mod m20261127_000002_skills;
mod m20261127_000003_roadmaps;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::EntityTrait as _;
use sea_orm_migration::seaql_migrations;

/// All changes of this version. It takes no lock: whoever runs it keeps others away.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_topics::Migration),
            Box::new(m20261123_000002_roles::Migration),
            Box::new(m20261123_000003_requirements::Migration),
            Box::new(m20261123_000004_resources::Migration),
            Box::new(m20261123_000005_revisions::Migration),
            Box::new(m20261124_000001_provenance::Migration),
            Box::new(m20261127_000001_learners::Migration),
            Box::new(m20261127_000002_skills::Migration),
            Box::new(m20261127_000003_roadmaps::Migration),
        ]
    }
}

/// The names of the changes that have been made in a database, which is only looked at.
///
/// # Errors
/// Where the database fails.
pub async fn applied<'c, C>(db: &'c C) -> Result<Vec<String>, DbErr>
where
    C: sea_orm_migration::sea_orm::ConnectionTrait,
    &'c C: IntoSchemaManagerConnection<'c>,
{
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let rows = seaql_migrations::Entity::find().all(db).await?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for &table in tables {
        manager.drop_table(Table::drop().table(table).take()).await?;
    }
    Ok(())
}
