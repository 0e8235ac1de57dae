//! Keys that all servers of a database share.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{DbErr, EntityTrait as _, IntoActiveModel as _};
use waymark_entity::server_key;

use super::learners::{instant, only};
use super::{Store, StoreError};

impl Store {
    /// The key of a name: a new one, if there is none yet. Of several servers that bring one the first wins.
    pub async fn server_key(&self, name: &str, new: &str, now: DateTime<Utc>) -> Result<String, StoreError> {
        let found = async {
            let find = || only(server_key::Entity::find_by_id(name), &self.writer);
            if let Some(key) = find().await? {
                return Ok(key.secret);
            }
            let (name, secret) = (name.to_owned(), new.to_owned());
            let key = server_key::Model { name, secret, created_at: instant(now) };
            server_key::Entity::insert(key.into_active_model())
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(&self.writer)
                .await?;
            find().await?.map(|key| key.secret).ok_or_else(|| DbErr::RecordNotFound("server key".to_owned()))
        };
        found.await.map_err(|error| self.explain(error))
    }
}

#[cfg(test)]
mod tests {
    use crate::store::tests::{on_each_database, store};

    #[tokio::test]
    async fn servers_that_share_a_database_have_one_key() {
        on_each_database(async |url| {
            let (one, other) = (store(url).await, store(url).await);
            let now = "2026-01-05T12:00:00Z".parse().unwrap();
            assert_eq!(one.server_key("accounts", "first", now).await.unwrap(), "first");
            assert_eq!(other.server_key("accounts", "second", now).await.unwrap(), "first");
            assert_eq!(other.server_key("others", "third", now).await.unwrap(), "third");
        })
        .await;
    }
}
