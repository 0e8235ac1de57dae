//! The roadmaps that learners keep, how they get on with them, and who else may look.

use sea_orm_migration::prelude::*;

use crate::columns::{
    index, instant, instant_or_null, integer, key_of_learner, long, of_learner, of_roadmap, text,
    text_or_null, unique, uuid,
};

const CAUSES: [&str; 4] = ["SAVED", "UPDATED", "REPLANNED", "SKIPPED"];
const STATES: [&str; 4] = ["STARTED", "COMPLETED", "KNOWN", "UNWANTED"];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(roadmaps()).await?;
        manager.create_table(versions()).await?;
        manager.create_table(states()).await?;
        manager.create_table(study()).await?;
        manager.create_index(index("study", &["learner_id", "roadmap_id", "studied_on"])).await?;
        manager.create_table(links()).await?;
        manager.create_index(unique("links", &["learner_id", "roadmap_id", "kind"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["links", "study", "step_states", "roadmap_versions", "roadmaps"]).await
    }
}

fn roadmaps() -> TableCreateStatement {
    Table::create()
        .table("roadmaps")
        .col(uuid("learner_id"))
        .col(uuid("id"))
        .col(text("title"))
        .col(text("wishes"))
        .col(integer("version"))
        .col(long("change"))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(instant_or_null("archived_at"))
        .primary_key(&mut key_of_learner(&["id"]))
        .foreign_key(&mut of_learner("roadmaps"))
        .take()
}

fn versions() -> TableCreateStatement {
    Table::create()
        .table("roadmap_versions")
        .col(uuid("learner_id"))
        .col(uuid("roadmap_id"))
        .col(integer("number"))
        .col(integer("catalog_revision"))
        .col(text("cause"))
        .col(text("plan"))
        .col(text_or_null("changes"))
        .col(instant("created_at"))
        .primary_key(&mut key_of_learner(&["roadmap_id", "number"]))
        .foreign_key(&mut of_roadmap("roadmap_versions"))
        .check(Check::named("ck_roadmap_versions_cause", Expr::col("cause").is_in(CAUSES)))
        .take()
}

fn states() -> TableCreateStatement {
    Table::create()
        .table("step_states")
        .col(uuid("learner_id"))
        .col(uuid("roadmap_id"))
        .col(text("topic"))
        .col(text("level"))
        .col(text("state"))
        .col(long("hours_millionths"))
        .col(integer("weight"))
        .col(instant("started_at"))
        .col(instant_or_null("ended_at"))
        .primary_key(&mut key_of_learner(&["roadmap_id", "topic", "level"]))
        .foreign_key(&mut of_roadmap("step_states"))
        .check(Check::named("ck_step_states_state", Expr::col("state").is_in(STATES)))
        .take()
}

fn study() -> TableCreateStatement {
    Table::create()
        .table("study")
        .col(uuid("learner_id"))
        .col(uuid("id"))
        .col(uuid("roadmap_id"))
        .col(text_or_null("topic"))
        .col(text_or_null("level"))
        .col(ColumnDef::new("studied_on").date().not_null())
        .col(long("hours_millionths"))
        .col(text_or_null("note"))
        .col(instant("logged_at"))
        .primary_key(&mut key_of_learner(&["id"]))
        .foreign_key(&mut of_roadmap("study"))
        .check(Check::named("ck_study_hours", Expr::col("hours_millionths").gt(0)))
        .take()
}

/// Found by the secret in an address alone, which does not tell whose it is.
fn links() -> TableCreateStatement {
    Table::create()
        .table("links")
        .col(text("secret").primary_key())
        .col(text("kind"))
        .col(uuid("learner_id"))
        .col(uuid("roadmap_id"))
        .col(instant("created_at"))
        .foreign_key(&mut of_roadmap("links"))
        .check(Check::named("ck_links_kind", Expr::col("kind").is_in(["SHARE", "CALENDAR"])))
        .take()
}
