//! What learners know, and what they think of what they learned from. Topics and resources are named by their slugs, which outlive imports.

use sea_orm_migration::prelude::*;

use crate::columns::{index, instant, integer, key_of_learner, of_learner, text, uuid};

const LEVELS: [&str; 4] = ["AWARE", "WORKING", "PROFICIENT", "EXPERT"];
const SOURCES: [&str; 3] = ["SAID", "COMPLETED", "IMPORTED"];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let skills = Table::create()
            .table("skills")
            .col(uuid("learner_id"))
            .col(text("topic"))
            .col(text("level"))
            .col(text("source"))
            .col(instant("recorded_at"))
            .primary_key(&mut key_of_learner(&["topic", "level"]))
            .foreign_key(&mut of_learner("skills"))
            .check(Check::named("ck_skills_level", Expr::col("level").is_in(LEVELS)))
            .check(Check::named("ck_skills_source", Expr::col("source").is_in(SOURCES)))
            .take();
        manager.create_table(skills).await?;

        let ratings = Table::create()
            .table("ratings")
            .col(uuid("learner_id"))
            .col(text("resource"))
            .col(integer("stars"))
            .col(instant("rated_at"))
            .primary_key(&mut key_of_learner(&["resource"]))
            .foreign_key(&mut of_learner("ratings"))
            .check(Check::named("ck_ratings_stars", Expr::col("stars").between(1, 5)))
            .take();
        manager.create_table(ratings).await?;
        // What all learners think of a resource is read from the index alone.
        manager.create_index(index("ratings", &["resource", "stars"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["ratings", "skills"]).await
    }
}
