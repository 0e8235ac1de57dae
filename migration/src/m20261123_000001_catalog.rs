//! The catalogue: areas, topics, steps, roles, requirements with their alternatives, resources with what they cover, and revisions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, integer_null, small_integer, string, string_null, text, text_null, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The tables, each after those that it refers to.
const TABLES: [&str; 10] = [
    "areas",
    "topics",
    "steps",
    "roles",
    "requirements",
    "alternatives",
    "resources",
    "resource_authors",
    "coverages",
    "catalog_revisions",
];

#[allow(elided_lifetimes_in_paths)] // async-trait and the trait's own lifetimes differ otherwise
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            areas(),
            topics(),
            steps(),
            roles(),
            requirements(),
            alternatives(),
            resources(),
            resource_authors(),
            coverages(),
            catalog_revisions(),
        ] {
            manager.create_table(table).await?;
        }
        // Foreign keys that no unique key begins with.
        for (table, column) in [
            ("topics", "area_id"),
            ("roles", "after_id"),
            ("requirements", "step_id"),
            ("requirements", "role_id"),
            ("alternatives", "step_id"),
            ("coverages", "step_id"),
        ] {
            let name = format!("{table}_{column}");
            manager.create_index(Index::create().name(name).table(table).col(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

fn areas() -> TableCreateStatement {
    named("areas").col(text_null("summary")).take()
}

fn topics() -> TableCreateStatement {
    named("topics").col(integer("area_id")).col(text("summary")).foreign_key(&mut owned_by("topics", "area_id", "areas")).take()
}

fn steps() -> TableCreateStatement {
    Table::create()
        .table("steps")
        .col(key("id"))
        .col(integer("topic_id"))
        .col(string("level").check(Expr::col("level").is_in(["AWARE", "WORKING", "PROFICIENT", "EXPERT"])))
        .col(big_integer("hours_millionths").check(Expr::col("hours_millionths").gt(0)))
        .col(text("outcome"))
        .index(Index::create().unique().name("steps_topic_id_level").col("topic_id").col("level"))
        .foreign_key(&mut owned_by("steps", "topic_id", "topics"))
        .take()
}

fn roles() -> TableCreateStatement {
    named("roles")
        .col(integer_null("after_id"))
        .col(text("summary"))
        .foreign_key(&mut owned_by("roles", "after_id", "roles"))
        .take()
}

fn requirements() -> TableCreateStatement {
    let one_owner = Expr::cust("(step_id IS NULL) <> (role_id IS NULL)");
    let of_steps_alone = Expr::cust("step_id IS NOT NULL OR NOT recommended");
    Table::create()
        .table("requirements")
        .col(key("id"))
        .col(integer_null("step_id"))
        .col(integer_null("role_id"))
        .col(boolean("recommended"))
        .col(small_integer("weight").check(Expr::col("weight").between(1, 3)))
        .check(one_owner)
        .check(of_steps_alone)
        .foreign_key(&mut owned_by("requirements", "step_id", "steps"))
        .foreign_key(&mut owned_by("requirements", "role_id", "roles"))
        .take()
}

fn alternatives() -> TableCreateStatement {
    Table::create()
        .table("alternatives")
        .col(integer("requirement_id"))
        .col(integer("step_id"))
        .primary_key(Index::create().col("requirement_id").col("step_id"))
        .foreign_key(&mut owned_by("alternatives", "requirement_id", "requirements"))
        .foreign_key(&mut owned_by("alternatives", "step_id", "steps"))
        .take()
}

fn resources() -> TableCreateStatement {
    named("resources")
        .col(string("kind"))
        .col(text("url"))
        .col(string_null("provider"))
        .col(integer_null("year"))
        .col(string("language"))
        .col(big_integer("price_cents").check(Expr::col("price_cents").gte(0)))
        .col(small_integer("quality").check(Expr::col("quality").between(1, 5)))
        .take()
}

fn resource_authors() -> TableCreateStatement {
    Table::create()
        .table("resource_authors")
        .col(integer("resource_id"))
        .col(integer("position"))
        .col(string("name"))
        .primary_key(Index::create().col("resource_id").col("position"))
        .foreign_key(&mut owned_by("resource_authors", "resource_id", "resources"))
        .take()
}

fn coverages() -> TableCreateStatement {
    Table::create()
        .table("coverages")
        .col(integer("resource_id"))
        .col(integer("step_id"))
        .col(big_integer("hours_millionths").check(Expr::col("hours_millionths").gt(0)))
        .col(text_null("section"))
        .primary_key(Index::create().col("resource_id").col("step_id"))
        .foreign_key(&mut owned_by("coverages", "resource_id", "resources"))
        .foreign_key(&mut owned_by("coverages", "step_id", "steps"))
        .take()
}

fn catalog_revisions() -> TableCreateStatement {
    Table::create()
        .table("catalog_revisions")
        .col(big_integer("number").primary_key())
        .col(timestamp_with_time_zone("imported_at"))
        .col(string("digest"))
        .col(text("source"))
        .take()
}

/// A table whose rows have a slug and a title.
fn named(table: &'static str) -> TableCreateStatement {
    Table::create().table(table).col(key("id")).col(string("slug").unique_key()).col(string("title")).take()
}

/// A key that the importer gives.
fn key(column: &'static str) -> ColumnDef {
    integer(column).primary_key().take()
}

fn owned_by(table: &'static str, column: &'static str, owner: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(owner, "id").on_delete(ForeignKeyAction::Cascade).take()
}
