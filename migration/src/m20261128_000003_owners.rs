//! What a name is of that does not tell whose it is, found by a table of its own: the keys of what learners own all begin with the learner, so that
//! the tables can be distributed by learner.

use sea_orm_migration::prelude::*;

use crate::columns::{index, instant, key_of_learner, of_roadmap, text, unique, uuid};

/// The names of those who are there, as the entity writes them.
const NAMES: [&str; 3] = [
    "INSERT INTO owners SELECT 'address ' || email, id FROM learners WHERE email IS NOT NULL",
    "INSERT INTO owners SELECT 'identity ' || issuer || ' ' || subject, id FROM learners WHERE issuer IS NOT NULL",
    "INSERT INTO owners SELECT 'link ' || secret, learner_id FROM links",
];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let owners =
            Table::create().table("owners").col(text("name").primary_key()).col(uuid("learner_id")).take();
        manager.create_table(owners).await?;
        manager.create_index(index("owners", &["learner_id"])).await?;
        for sql in NAMES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        for index in ["uq_learners_email", "uq_learners_issuer_subject"] {
            manager.drop_index(Index::drop().name(index).table("learners").to_owned()).await?;
        }
        let by_roadmap = links(|table| table.primary_key(&mut key_of_learner(&["roadmap_id", "kind"])));
        replace_links(manager, by_roadmap).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_secret = links(|table| table.primary_key(Index::create().col("secret")));
        replace_links(manager, by_secret).await?;
        manager.create_index(unique("links", &["learner_id", "roadmap_id", "kind"])).await?;
        manager.create_index(unique("learners", &["email"])).await?;
        manager.create_index(unique("learners", &["issuer", "subject"])).await?;
        crate::drop_tables(manager, &["owners"]).await
    }
}

fn links(key: impl Fn(&mut TableCreateStatement) -> &mut TableCreateStatement) -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("new_links")
        .col(text("secret"))
        .col(text("kind"))
        .col(uuid("learner_id"))
        .col(uuid("roadmap_id"))
        .col(instant("created_at"))
        .foreign_key(&mut of_roadmap("new_links"))
        .check(Check::named("ck_links_kind", Expr::col("kind").is_in(["SHARE", "CALENDAR"])));
    key(&mut table).take()
}

/// `SQLite` changes no key of a table that is there: its rows move to another one.
async fn replace_links(manager: &SchemaManager<'_>, new: TableCreateStatement) -> Result<(), DbErr> {
    manager.create_table(new).await?;
    let sql = "INSERT INTO new_links SELECT secret, kind, learner_id, roadmap_id, created_at FROM links";
    manager.get_connection().execute_unprepared(sql).await?;
    crate::drop_tables(manager, &["links"]).await?;
    manager.rename_table(Table::rename().table("new_links", "links").take()).await
}
