//! How often something may be done, wherever it is done: the books are in the database, so that they hold across servers and restarts.
//!
//! The generic cell rate algorithm (ITU-T I.371) in one statement: a number for each that does something, the moment at which all that was done will be
//! made up for. O(log n) each.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, Statement, Value};

use super::{Store, StoreError};

/// So many at once, and one more each time that a period is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How many may be done at once.
    pub at_once: u32,
    /// After how many microseconds there may be another one.
    pub period: u32,
}

impl Store {
    /// Takes some of what one may do, all of it or nothing.
    ///
    /// # Errors
    /// What the database said.
    ///
    /// Where it is too much, the answer is in how many milliseconds it will not be.
    pub async fn take(
        &self,
        name: &str,
        quota: Quota,
        count: u32,
        now: DateTime<Utc>,
    ) -> Result<Result<(), u64>, StoreError> {
        let taken = self.try_take(name, quota, count, now.timestamp_micros()).await;
        taken.map_err(|error| self.explain(error))
    }

    /// Forgets those for whom all is made up for.
    pub async fn prune_rates(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (place, value) = (self.placeholder(), Value::from(now.timestamp_micros()));
        let sql = format!("DELETE FROM rates WHERE free_at < {place}1");
        let statement = Statement::from_sql_and_values(self.writer.get_database_backend(), sql, [value]);
        self.writer.execute_raw(statement).await.map(|_| ()).map_err(|error| self.explain(error))
    }

    async fn try_take(
        &self,
        name: &str,
        quota: Quota,
        count: u32,
        now: i64,
    ) -> Result<Result<(), u64>, DbErr> {
        let (taken, most) = (i64::from(count) * i64::from(quota.period), i64::from(quota.at_once));
        let latest = now + most * i64::from(quota.period);
        let (p, greatest) = (self.placeholder(), self.greatest());
        let free = format!("{greatest}(rates.free_at, {p}2) + {p}3");
        let sql = format!(
            "INSERT INTO rates (name, free_at) VALUES ({p}1, {p}2 + {p}3) ON CONFLICT (name) DO UPDATE SET free_at = {free} \
             WHERE {free} <= {p}4 RETURNING free_at"
        );
        let backend = self.writer.get_database_backend();
        let values: [Value; 4] = [name.into(), now.into(), taken.into(), latest.into()];
        let took = self.writer.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        if !took.is_empty() {
            return Ok(Ok(()));
        }
        let sql = format!("SELECT free_at FROM rates WHERE name = {p}1");
        let found = Statement::from_sql_and_values(backend, sql, [Value::from(name)]);
        let rows = self.writer.query_all_raw(found).await?;
        let free_at: i64 = rows.first().map_or(Ok(now), |row| row.try_get_by_index(0))?;
        Ok(Err(u64::try_from(free_at + taken - latest).unwrap_or_default().div_ceil(1_000)))
    }

    /// What stands before the number of a value in a statement.
    fn placeholder(&self) -> &'static str {
        if self.writer.get_database_backend() == DbBackend::Postgres { "$" } else { "?" }
    }

    fn greatest(&self) -> &'static str {
        if self.writer.get_database_backend() == DbBackend::Postgres { "GREATEST" } else { "MAX" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{on_each_database, store};

    #[tokio::test]
    async fn after_some_at_once_the_next_ones_have_to_wait_on_all_servers() {
        on_each_database(async |url| {
            let (one, other) = (store(url).await, store(url).await);
            let quota = Quota { at_once: 3, period: 10_000_000 };
            let take = async |store: &Store, name, count, second: i64| {
                let now = DateTime::from_timestamp(1_767_614_400 + second, 0).unwrap();
                store.take(name, quota, count, now).await.unwrap()
            };
            assert_eq!(take(&one, "ada", 2, 0).await, Ok(()));
            assert_eq!(take(&other, "ada", 2, 0).await, Err(10_000));
            assert_eq!(take(&other, "ada", 1, 0).await, Ok(()));
            assert_eq!(take(&one, "ada", 1, 4).await, Err(6_000));
            assert_eq!(take(&one, "grace", 1, 4).await, Ok(()));
            assert_eq!(take(&one, "ada", 1, 10).await, Ok(()));
            assert_eq!(take(&one, "ada", 1, 10).await, Err(10_000));
            // What is made up for is forgotten, and nothing else.
            let now = DateTime::from_timestamp(1_767_614_400 + 15, 0).unwrap();
            one.prune_rates(now).await.unwrap();
            assert_eq!(take(&one, "ada", 3, 15).await, Err(25_000));
            assert_eq!(take(&one, "grace", 3, 15).await, Ok(()));
        })
        .await;
    }
}
