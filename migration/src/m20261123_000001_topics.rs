//! Areas, topics and their levels.

use sea_orm_migration::prelude::*;

use crate::columns::{index, integer, key, long, owned, refers, slug, text, text_or_null, unique};

const LEVELS: [&str; 4] = ["AWARE", "WORKING", "PROFICIENT", "EXPERT"];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let areas = Table::create()
            .table("areas")
            .col(key("id"))
            .col(slug())
            .col(text("title"))
            .col(text_or_null("summary"))
            .take();
        manager.create_table(areas).await?;

        let topics = Table::create()
            .table("topics")
            .col(key("id"))
            .col(integer("area_id"))
            .col(slug())
            .col(text("title"))
            .col(text("summary"))
            .foreign_key(&mut refers(("topics", "area_id"), ("areas", "id")))
            .take();
        manager.create_table(topics).await?;
        manager.create_index(index("topics", &["area_id"])).await?;

        let steps = Table::create()
            .table("steps")
            .col(key("id"))
            .col(integer("topic_id"))
            .col(text("level"))
            .col(long("hours_millionths"))
            .col(text("outcome"))
            .foreign_key(&mut owned(("steps", "topic_id"), ("topics", "id")))
            .check(Check::named("ck_steps_level", Expr::col("level").is_in(LEVELS)))
            .check(Check::named("ck_steps_hours", Expr::col("hours_millionths").gt(0)))
            .take();
        manager.create_table(steps).await?;
        manager.create_index(unique("steps", &["topic_id", "level"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["steps", "topics", "areas"]).await
    }
}
