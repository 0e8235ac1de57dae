//! Identities whose accounts were deleted: a token of before the deletion does not make the account anew.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use waymark_entity::former_identity;

use super::super::{Store, StoreError};
use super::{Vouched, instant, only};

/// How far the clocks of a provider and of the server may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);
/// How long the token lasts at most that makes an account. So long a deletion is remembered: then all tokens
/// of before have expired.
pub const LONGEST_VOUCHED: TimeDelta = TimeDelta::days(366);

/// Remembers that an account was deleted.
pub(super) async fn remember(
    db: &impl ConnectionTrait,
    name: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let former = former_identity::Model { name, deleted_at: instant(now) };
    let newer = OnConflict::column(former_identity::Column::Name)
        .update_column(former_identity::Column::DeletedAt)
        .to_owned();
    let insert = former_identity::Entity::insert(former.into_active_model()).on_conflict(newer);
    insert.exec_without_returning(db).await.map(|_| ())
}

/// Whether a token is of before the deletion of its account, as far as clocks tell. A deletion in the future
/// is one by a clock that was ahead.
pub(super) async fn is_of_before(
    db: &impl ConnectionTrait,
    vouched: &Vouched,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let former = only(former_identity::Entity::find_by_id(&vouched.name), db).await?;
    Ok(former.is_some_and(|former| vouched.issued_at <= former.deleted_at.min(now) + LEEWAY))
}

impl Store {
    /// Dates a deletion back to now that a clock has put in the future.
    pub(super) async fn mend_former(&self, name: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mended = former_identity::Entity::update_many()
            .col_expr(former_identity::Column::DeletedAt, instant(now).into())
            .filter(former_identity::Column::Name.eq(name))
            .filter(former_identity::Column::DeletedAt.gt(instant(now + LEEWAY)))
            .exec(&self.writer)
            .await;
        mended.map(|_| ()).map_err(|error| self.explain(error))
    }

    /// Forgets the deletions before which no token was issued that still holds.
    pub async fn prune_former(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let long_ago = instant(now - LONGEST_VOUCHED - LEEWAY * 2);
        let pruned = former_identity::Entity::delete_many()
            .filter(former_identity::Column::DeletedAt.lt(long_ago))
            .exec(&self.writer)
            .await;
        pruned.map(|_| ()).map_err(|error| self.explain(error))
    }
}
