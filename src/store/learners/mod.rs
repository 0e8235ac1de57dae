//! What learners own: one file an aggregate. Whose something is stands in every condition, so nobody is given what is another's.

mod accounts;
pub mod caps;
mod credentials;
mod former;
#[cfg(test)]
mod growth;
mod links;
mod owners;
mod progress;
mod ratings;
mod roadmaps;
mod skills;
mod snapshot;
mod study;
mod study_sums;
#[cfg(test)]
mod tests;

use chrono::{DateTime, SubsecRound as _, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait, Select};
use uuid::Uuid;

pub use accounts::{RoleChange, Vouched};
pub use caps::CapReached;
pub use credentials::{CredentialAdded, GivenFor};
pub use former::LONGEST_VOUCHED;
pub use progress::{Begun, Doing, Progress, StepName};
pub use roadmaps::{NewVersion, VersionAdded, VersionHeader};
pub use skills::Forgotten;
pub use snapshot::Snapshot;
pub use study::{HoursOfDay, StudyPlace};

use super::SUBSECOND_DIGITS;

/// A saved roadmap: whose it is, and which.
pub type RoadmapKey = (Uuid, Uuid);

/// An instant as every row has it.
pub fn instant(now: DateTime<Utc>) -> DateTime<Utc> {
    now.trunc_subsecs(SUBSECOND_DIGITS)
}

/// The row of a key. Asked without a limit, as a bound one has `SQLite` plan the statement anew each time.
pub(super) async fn only<E: EntityTrait>(
    select: Select<E>,
    db: &impl ConnectionTrait,
) -> Result<Option<E::Model>, DbErr> {
    Ok(select.all(db).await?.pop())
}

/// Whether a row is about one of some steps; none is about none.
fn is_about(steps: &[StepName]) -> Condition {
    let is = |(topic, level): &StepName| {
        Expr::col("topic").eq(topic.as_str()).and(Expr::col("level").eq(level.as_str()))
    };
    match steps {
        [] => Condition::all().add(Expr::value(false)),
        steps => steps.iter().fold(Condition::any(), |any, step| any.add(is(step))),
    }
}

/// Whether a column has one of some values, all bound as one: statements of any number of values are one statement for the database's cache.
fn is_any(db: &impl ConnectionTrait, column: &str, values: &[String]) -> SimpleExpr {
    // Texts alone, so this does not fail.
    let values = serde_json::to_string(values).unwrap_or_else(|_| "[]".to_owned());
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => format!("{column} IN (SELECT jsonb_array_elements_text($1::jsonb))"),
        _ => format!("{column} IN (SELECT value FROM json_each(?))"),
    };
    Expr::cust_with_values(sql, [values])
}

/// Whether a column has one of some keys, bound as one as in [`is_any`].
fn is_any_key(db: &impl ConnectionTrait, column: &str, keys: &[Uuid]) -> SimpleExpr {
    let keys: Vec<String> = keys.iter().map(|key| key.simple().to_string()).collect();
    // Texts alone, so this does not fail.
    let keys = serde_json::to_string(&keys).unwrap_or_else(|_| "[]".to_owned());
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            format!("{column} IN (SELECT value::uuid FROM jsonb_array_elements_text($1::jsonb))")
        }
        _ => format!("{column} IN (SELECT unhex(value) FROM json_each(?))"),
    };
    Expr::cust_with_values(sql, [keys])
}
