//! Those who learn, and what they are known by.

use sea_orm_migration::prelude::*;

use crate::columns::{
    instant, instant_or_null, key_of_learner, of_learner, text, text_or_null, unique, uuid,
};

const ROLES: [&str; 3] = ["LEARNER", "CURATOR", "ADMIN"];

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let learners = Table::create()
            .table("learners")
            .col(uuid("id").primary_key())
            .col(text_or_null("email"))
            .col(text_or_null("name"))
            .col(text_or_null("password_hash"))
            .col(text_or_null("issuer"))
            .col(text_or_null("subject"))
            .col(text("role"))
            .col(instant("created_at"))
            .check(Check::named("ck_learners_role", Expr::col("role").is_in(ROLES)))
            .take();
        manager.create_table(learners).await?;
        manager.create_index(unique("learners", &["email"])).await?;
        manager.create_index(unique("learners", &["issuer", "subject"])).await?;

        let credentials = Table::create()
            .table("credentials")
            .col(uuid("learner_id"))
            .col(uuid("id"))
            .col(text("kind"))
            .col(text("secret_hash"))
            .col(text("name"))
            .col(text("scopes"))
            .col(instant("created_at"))
            .col(instant("expires_at"))
            .col(instant_or_null("last_used_at"))
            .primary_key(&mut key_of_learner(&["id"]))
            .foreign_key(&mut of_learner("credentials"))
            .check(Check::named("ck_credentials_kind", Expr::col("kind").is_in(["SESSION", "TOKEN"])))
            .take();
        manager.create_table(credentials).await?;
        manager.create_index(unique("credentials", &["learner_id", "secret_hash"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["credentials", "learners"]).await
    }
}
