//! How often something may be done, wherever it is done: the books are in the database, so that they hold across servers and restarts.
//!
//! The generic cell rate algorithm (ITU-T I.371) in one statement: a number for each that does something, the moment at which all that was done will be
//! made up for. O(log n) each.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

use super::{Store, StoreError};

/// So many at once, and one more each time that a period is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// How many may be done at once.
    pub at_once: u32,
    /// After how many microseconds there may be another one.
    pub period: u32,
}

/// What is taken of what somebody may do: one of a quota, under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is counted.
    pub name: String,
    /// How many there may be.
    pub quota: Quota,
}

/// A claim that there was nothing left for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhausted {
    /// Which of them.
    pub claim: Claim,
    /// In how many milliseconds there is something left.
    pub wait: u64,
}

/// What no quota owes for longer, in microseconds: two days.
const LONGEST_DEBT: i64 = 2 * 86_400 * 1_000_000;

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
        let now = now.timestamp_micros();
        let taken = async {
            if self.try_take(&self.writer, name, quota, count, now).await? {
                return Ok(Ok(()));
            }
            self.wait_for(name, quota, count, now).await.map(Err)
        };
        taken.await.map_err(|error| self.explain(error))
    }

    /// Takes one for each of some claims, all of them or none.
    ///
    /// # Errors
    /// What the database said.
    ///
    /// Where there is nothing left for one, that one is the answer.
    pub async fn claim(
        &self,
        claims: &[Claim],
        now: DateTime<Utc>,
    ) -> Result<Result<(), Exhausted>, StoreError> {
        let now = now.timestamp_micros();
        let claimed = async {
            let transaction = self.begin_write().await?;
            for claim in in_order(claims) {
                if !self.try_take(&transaction, &claim.name, claim.quota, 1, now).await? {
                    transaction.rollback().await?;
                    let wait = self.wait_for(&claim.name, claim.quota, 1, now).await?;
                    return Ok(Err(Exhausted { claim: claim.clone(), wait }));
                }
            }
            transaction.commit().await?;
            Ok(Ok(()))
        };
        claimed.await.map_err(|error| self.explain(error))
    }

    /// Gives back what was taken for some claims.
    pub async fn give_back(&self, claims: &[Claim]) -> Result<(), StoreError> {
        let given = async {
            let (backend, p) = (self.writer.get_database_backend(), self.placeholder());
            let transaction = self.begin_write().await?;
            let sql = format!("UPDATE rates SET free_at = free_at - {p}2 WHERE name = {p}1");
            for claim in in_order(claims) {
                let values: [Value; 2] = [claim.name.as_str().into(), i64::from(claim.quota.period).into()];
                transaction.execute_raw(Statement::from_sql_and_values(backend, &sql, values)).await?;
            }
            transaction.commit().await
        };
        given.await.map_err(|error| self.explain(error))
    }

    /// Forgets what was taken under a name, and under all that begin with it and a space. Answers how many
    /// there were.
    pub async fn forget_rates(&self, name: &str) -> Result<u64, StoreError> {
        let p = self.placeholder();
        let sql = format!("DELETE FROM rates WHERE name = {p}1 OR substr(name, 1, {p}2) = {p}3");
        let length = i32::try_from(name.len() + 1).unwrap_or(i32::MAX);
        let values: [Value; 3] = [name.into(), length.into(), format!("{name} ").into()];
        let statement = Statement::from_sql_and_values(self.writer.get_database_backend(), sql, values);
        let forgotten = self.writer.execute_raw(statement).await;
        forgotten.map(|result| result.rows_affected()).map_err(|error| self.explain(error))
    }

    /// Forgets those for whom all is made up for, and those who owe more than any quota has: a clock that was
    /// ahead has put it down.
    pub async fn prune_rates(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (p, now) = (self.placeholder(), now.timestamp_micros());
        let sql = format!("DELETE FROM rates WHERE free_at < {p}1 OR free_at > {p}2");
        let values: [Value; 2] = [now.into(), (now + LONGEST_DEBT).into()];
        let statement = Statement::from_sql_and_values(self.writer.get_database_backend(), sql, values);
        self.writer.execute_raw(statement).await.map(|_| ()).map_err(|error| self.explain(error))
    }

    /// Whether as many were left, which are taken then.
    async fn try_take(
        &self,
        db: &impl ConnectionTrait,
        name: &str,
        quota: Quota,
        count: u32,
        now: i64,
    ) -> Result<bool, DbErr> {
        let (taken, latest) = (i64::from(count) * i64::from(quota.period), latest(quota, now));
        let (p, greatest) = (self.placeholder(), self.greatest());
        // Twice of what may be owed nobody owes, however far the clocks of servers are apart: it was put down by
        // a clock that was ahead, and says nothing.
        let owed =
            format!("CASE WHEN rates.free_at > {p}5 THEN {p}2 ELSE {greatest}(rates.free_at, {p}2) END");
        let free = format!("{owed} + {p}3");
        let sql = format!(
            "INSERT INTO rates (name, free_at) VALUES ({p}1, {p}2 + {p}3) ON CONFLICT (name) DO UPDATE SET free_at = {free} \
             WHERE {free} <= {p}4 RETURNING free_at"
        );
        let absurd = latest + (latest - now);
        let values: [Value; 5] = [name.into(), now.into(), taken.into(), latest.into(), absurd.into()];
        let took = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
        Ok(!took.await?.is_empty())
    }

    /// In how many milliseconds as many are left. Nobody owes more than a whole burst: what another server's
    /// clock has put down beyond that is taken back here, so that it is made up for from now on.
    async fn wait_for(&self, name: &str, quota: Quota, count: u32, now: i64) -> Result<u64, DbErr> {
        let (taken, latest) = (i64::from(count) * i64::from(quota.period), latest(quota, now));
        let (p, least) = (self.placeholder(), self.least());
        let sql =
            format!("UPDATE rates SET free_at = {least}(free_at, {p}2) WHERE name = {p}1 RETURNING free_at");
        let values: [Value; 2] = [name.into(), latest.into()];
        let found = Statement::from_sql_and_values(self.writer.get_database_backend(), sql, values);
        let rows = self.writer.query_all_raw(found).await?;
        let free_at: i64 = rows.first().map_or(Ok(now), |row| row.try_get_by_index(0))?;
        Ok(u64::try_from(free_at + taken - latest).unwrap_or_default().div_ceil(1_000))
    }

    /// What stands before the number of a value in a statement.
    fn placeholder(&self) -> &'static str {
        if self.writer.get_database_backend() == DbBackend::Postgres { "$" } else { "?" }
    }

    fn greatest(&self) -> &'static str {
        if self.writer.get_database_backend() == DbBackend::Postgres { "GREATEST" } else { "MAX" }
    }

    fn least(&self) -> &'static str {
        if self.writer.get_database_backend() == DbBackend::Postgres { "LEAST" } else { "MIN" }
    }
}

/// The moment at which somebody is free who has taken all that a quota has.
fn latest(quota: Quota, now: i64) -> i64 {
    now + i64::from(quota.at_once) * i64::from(quota.period)
}

/// Claims in the order of their names: two transactions that take several wait for each other in one
/// direction alone.
fn in_order(claims: &[Claim]) -> Vec<&Claim> {
    let mut claims: Vec<_> = claims.iter().collect();
    claims.sort_by(|one, other| one.name.cmp(&other.name));
    claims
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
    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_767_614_400 + second, 0).unwrap()
    }

    const DAYS_400: i64 = 400 * 86_400;

    #[tokio::test]
    async fn a_clock_that_was_ahead_locks_nobody_out_for_as_long() {
        on_each_database(async |url| {
            let store = store(url).await;
            let quota = Quota { at_once: 3, period: 10_000_000 };
            let take = async |name: &str, second: i64| store.take(name, quota, 1, at(second)).await.unwrap();
            for ahead in [2 * 3_600, DAYS_400] {
                let name = format!("ahead {ahead}");
                for second in [ahead, 0] {
                    for _ in 0..3 {
                        assert_eq!(take(&name, second).await, Ok(()));
                    }
                    assert_eq!(take(&name, second).await, Err(10_000));
                }
            }
            // Clocks that are somewhat apart give nobody more: at most a burst is owed, and each period makes up
            // for one.
            for _ in 0..3 {
                assert_eq!(take("apart", 25).await, Ok(()));
            }
            assert_eq!(take("apart", 0).await, Err(10_000));
            assert_eq!(take("apart", 10).await, Ok(()));
            assert_eq!(take("apart", 10).await, Err(10_000));
            // Who does not come again is forgotten.
            take("gone", DAYS_400).await.unwrap();
            store.prune_rates(at(0)).await.unwrap();
            let claim = Claim { name: "gone".into(), quota: Quota { at_once: 1, ..quota } };
            assert_eq!(store.claim(&[claim], at(0)).await.unwrap(), Ok(()));
        })
        .await;
    }

    #[tokio::test]
    async fn claims_are_taken_together_and_can_be_given_back() {
        on_each_database(async |url| {
            let store = store(url).await;
            let claim = |name: &str, at_once| Claim {
                name: name.into(),
                quota: Quota { at_once, period: 10_000_000 },
            };
            let (one, other) = (claim("b", 1), claim("a", 2));
            let both = [one.clone(), other.clone()];
            assert_eq!(store.claim(&both, at(0)).await.unwrap(), Ok(()));
            let exhausted = Exhausted { claim: one.clone(), wait: 10_000 };
            assert_eq!(store.claim(&both, at(0)).await.unwrap(), Err(exhausted));
            // Of the other one nothing was taken then.
            assert_eq!(store.claim(std::slice::from_ref(&other), at(0)).await.unwrap(), Ok(()));
            store.give_back(&both).await.unwrap();
            assert_eq!(store.claim(&both, at(0)).await.unwrap(), Ok(()));
            assert!(store.claim(&[other], at(0)).await.unwrap().is_err());
            // What is given back twice gives no more than the quota has.
            store.give_back(&[one.clone(), one.clone(), one.clone()]).await.unwrap();
            assert_eq!(store.claim(std::slice::from_ref(&one), at(0)).await.unwrap(), Ok(()));
            assert!(store.claim(&[one], at(0)).await.unwrap().is_err());
        })
        .await;
    }

    #[tokio::test]
    async fn what_begins_with_a_name_is_forgotten_with_it_and_nothing_else() {
        on_each_database(async |url| {
            let store = store(url).await;
            let quota = Quota { at_once: 1, period: 10_000_000 };
            for name in ["account a_", "account a_ network 1", "account ab", "account a_b network 1"] {
                store.take(name, quota, 1, at(0)).await.unwrap().unwrap();
            }
            assert_eq!(store.forget_rates("account a_").await.unwrap(), 2);
            assert!(store.take("account ab", quota, 1, at(0)).await.unwrap().is_err());
        })
        .await;
    }
}
