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
mod m20261128_000001_replicas;
mod m20261128_000002_authors;
mod m20261128_000003_owners;
mod m20261128_000004_aliases;
mod m20261130_000001_server_keys;
mod m20261130_000002_former_identities;
mod m20261130_000003_secret_digests;
mod m20261130_000004_roles;
mod m20261130_000005_second_format;
mod m20261130_000006_version_catalogs;
mod m20261130_000007_study_indexes;
mod m20261130_000011_plan_change;
mod m20261130_000012_study_days;
mod m20261201_000001_study_sums;
mod m20261201_000002_written_at;
mod m20261201_000003_reasons;

pub use m20261201_000001_study_sums::sum_study_logs;
pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, EntityTrait as _, Statement};
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
            Box::new(m20261128_000001_replicas::Migration),
            Box::new(m20261128_000002_authors::Migration),
            Box::new(m20261128_000003_owners::Migration),
            Box::new(m20261128_000004_aliases::Migration),
            Box::new(m20261130_000001_server_keys::Migration),
            Box::new(m20261130_000002_former_identities::Migration),
            Box::new(m20261130_000003_secret_digests::Migration),
            Box::new(m20261130_000004_roles::Migration),
            Box::new(m20261130_000006_version_catalogs::Migration),
            Box::new(m20261130_000007_study_indexes::Migration),
            Box::new(m20261130_000011_plan_change::Migration),
            Box::new(m20261130_000012_study_days::Migration),
            Box::new(m20261130_000005_second_format::Migration),
            Box::new(m20261201_000001_study_sums::Migration),
            Box::new(m20261201_000002_written_at::Migration),
            Box::new(m20261201_000003_reasons::Migration),
        ]
    }
}

/// Whether the database tells transactions apart by ids that a snapshot can be compared with, as PostgreSQL does. Others that speak its protocol do
/// not.
pub async fn has_transaction_ids(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(false);
    }
    let version = Statement::from_string(DbBackend::Postgres, "SELECT version()");
    let version = db.query_one_raw(version).await?.and_then(|row| row.try_get_by_index::<String>(0).ok());
    Ok(version.is_some_and(|version| version.starts_with("PostgreSQL") && !version.contains("-YB-")))
}

/// The names of the changes that have been made in a database, which is only looked at.
///
/// # Errors
/// Where the database fails.
pub async fn applied<'c, C>(db: &'c C) -> Result<Vec<String>, DbErr>
where
    C: ConnectionTrait,
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
