//! What steps and roles ask for. One pair of tables for both: each row belongs to a step or to a role.

use sea_orm_migration::prelude::*;

use crate::columns::{index, integer, integer_or_null, key, owned, refers, text, unique};

/// The change.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let requirements = Table::create()
            .table("requirements")
            .col(key("id"))
            .col(integer_or_null("step_id"))
            .col(integer_or_null("role_id"))
            .col(text("strength"))
            .col(integer("weight"))
            .col(integer("position"))
            .foreign_key(&mut owned(("requirements", "step_id"), ("steps", "id")))
            .foreign_key(&mut owned(("requirements", "role_id"), ("roles", "id")))
            .check(Check::named("ck_requirements_owner", one_owner()))
            .check(Check::named("ck_requirements_strength", strength()))
            .check(Check::named("ck_requirements_weight", Expr::col("weight").between(1, 3)))
            .take();
        manager.create_table(requirements).await?;
        manager.create_index(unique("requirements", &["step_id", "strength", "position"])).await?;
        manager.create_index(unique("requirements", &["role_id", "position"])).await?;

        let alternatives = Table::create()
            .table("alternatives")
            .col(integer("requirement_id"))
            .col(integer("step_id"))
            .primary_key(Index::create().col("requirement_id").col("step_id"))
            .foreign_key(&mut owned(("alternatives", "requirement_id"), ("requirements", "id")))
            .foreign_key(&mut refers(("alternatives", "step_id"), ("steps", "id")))
            .take();
        manager.create_table(alternatives).await?;
        manager.create_index(index("alternatives", &["step_id"])).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["alternatives", "requirements"]).await
    }
}

/// Exactly one of the two is set.
fn one_owner() -> Expr {
    let of_a_step = Expr::col("step_id").is_not_null().and(Expr::col("role_id").is_null());
    let of_a_role = Expr::col("step_id").is_null().and(Expr::col("role_id").is_not_null());
    of_a_step.or(of_a_role)
}

/// Only steps recommend.
fn strength() -> Expr {
    let recommended = Expr::col("strength").eq("RECOMMENDED").and(Expr::col("step_id").is_not_null());
    Expr::col("strength").eq("REQUIRED").or(recommended)
}
