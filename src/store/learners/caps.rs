//! The most that is kept of one learner, so that no account fills the disk. Each cap is checked in
//! the transaction that adds something, under the learner's lock: requests at the same time do not
//! get past it together.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};
use uuid::Uuid;
use waymark_entity::{credential, rating, roadmap_version, skill, study};

use super::{RoadmapKey, study_sums};

/// Tokens that have not expired.
pub const MOST_TOKENS: u64 = 50;
/// Tokens that have expired: the latest ones are kept for a while.
const KEPT_EXPIRED_TOKENS: u64 = 100;
/// Sessions that have not expired: one more ends the one that was not used for longest.
pub const MOST_SESSIONS: u64 = 50;
/// Roadmaps.
pub const MOST_ROADMAPS: u64 = 200;
/// The newest versions of a roadmap that are kept, beside the first one.
pub const KEPT_VERSIONS: i32 = 50;
/// Entries of the log: five a day for ten years.
pub const MOST_LOG_ENTRIES: u64 = 20_000;
/// Skills, those of former catalogues among them.
pub const MOST_SKILLS: u64 = 10_000;
/// Ratings, those of former resources among them.
pub const MOST_RATINGS: u64 = 10_000;
/// Idempotency keys: the oldest are forgotten before their time if there are more.
pub const MOST_REQUESTS: u64 = 10_000;
/// The hours of a day, in millionths.
const DAY: i64 = 24_000_000;

/// Whether a version of a roadmap is kept no longer, by the number of the newest one.
pub const fn is_pruned(number: i32, newest: i32) -> bool {
    number > 1 && number <= newest - KEPT_VERSIONS
}

/// A cap that would be passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapReached {
    /// [`MOST_TOKENS`].
    Tokens,
    /// [`MOST_ROADMAPS`].
    Roadmaps,
    /// [`MOST_LOG_ENTRIES`].
    LogEntries,
    /// [`MOST_SKILLS`].
    Skills,
    /// [`MOST_RATINGS`].
    Ratings,
    /// A day of the log has 24 hours.
    HoursOfDay {
        /// The day.
        day: NaiveDate,
        /// The hours that are left of it, in millionths.
        left: i64,
    },
}

/// Checks that an entry fits into the log, and into its day.
pub(super) async fn admit_study(
    db: &impl ConnectionTrait,
    entry: &study::Model,
) -> Result<Result<(), CapReached>, DbErr> {
    if study_sums::count_entries(db, entry.learner_id).await? >= MOST_LOG_ENTRIES {
        return Ok(Err(CapReached::LogEntries));
    }
    let logged = study_sums::hours_of_day(db, entry.learner_id, entry.studied_on).await?;
    let left = Ord::max(DAY - logged, 0);
    Ok(if entry.hours_millionths > left {
        Err(CapReached::HoursOfDay { day: entry.studied_on, left })
    } else {
        Ok(())
    })
}

/// Checks that there are not too many skills, after some were added.
pub(super) async fn admit_skills(
    db: &impl ConnectionTrait,
    learner: Uuid,
) -> Result<Result<(), CapReached>, DbErr> {
    let count = skill::Entity::find().filter(skill::Column::LearnerId.eq(learner)).count(db).await?;
    Ok(if count > MOST_SKILLS { Err(CapReached::Skills) } else { Ok(()) })
}

/// Checks that there are not too many ratings, after one was added.
pub(super) async fn admit_ratings(
    db: &impl ConnectionTrait,
    learner: Uuid,
) -> Result<Result<(), CapReached>, DbErr> {
    let count = rating::Entity::find().filter(rating::Column::LearnerId.eq(learner)).count(db).await?;
    Ok(if count > MOST_RATINGS { Err(CapReached::Ratings) } else { Ok(()) })
}

/// Makes room for a credential, if there may be another one of its kind: sessions make way, and so
/// do tokens that have expired; tokens that have not do not.
pub(super) async fn admit_credential(
    db: &impl ConnectionTrait,
    new: &credential::Model,
) -> Result<Result<(), CapReached>, DbErr> {
    let learner = new.learner_id;
    let of_kind = credential::Entity::find()
        .filter(credential::Column::LearnerId.eq(learner))
        .filter(credential::Column::Kind.eq(new.kind.as_str()));
    let (in_force, has_expired) =
        (credential::Column::ExpiresAt.gt(new.created_at), credential::Column::ExpiresAt.lte(new.created_at));
    if new.kind == credential::TOKEN {
        if of_kind.clone().filter(in_force).count(db).await? >= MOST_TOKENS {
            return Ok(Err(CapReached::Tokens));
        }
        let expired = of_kind.filter(has_expired).order_by_desc(credential::Column::ExpiresAt);
        return keep_first(db, learner, expired, KEPT_EXPIRED_TOKENS).await.map(Ok);
    }
    let used_at =
        Func::coalesce([Expr::col(credential::Column::LastUsedAt), Expr::col(credential::Column::CreatedAt)]);
    let sessions = of_kind.order_by_desc(Expr::expr(used_at)).order_by_desc(credential::Column::Id);
    keep_first(db, learner, sessions, MOST_SESSIONS - 1).await.map(Ok)
}

/// Deletes all but the first of some credentials of a learner.
async fn keep_first(
    db: &impl ConnectionTrait,
    learner: Uuid,
    some: Select<credential::Entity>,
    kept: u64,
) -> Result<(), DbErr> {
    let ids: Vec<Uuid> = some.select_only().column(credential::Column::Id).into_tuple().all(db).await?;
    let surplus = ids.get(usize::try_from(kept).unwrap_or(usize::MAX)..).unwrap_or_default();
    if surplus.is_empty() {
        return Ok(());
    }
    let deleted = credential::Entity::delete_many()
        .filter(credential::Column::LearnerId.eq(learner))
        .filter(credential::Column::Id.is_in(surplus.iter().copied()));
    deleted.exec(db).await.map(|_| ())
}

/// Deletes the versions of a roadmap that are kept no longer when another one is the newest.
pub(super) async fn prune_versions(
    db: &impl ConnectionTrait,
    (learner, roadmap): RoadmapKey,
    newest: i32,
) -> Result<(), DbErr> {
    let pruned = roadmap_version::Entity::delete_many()
        .filter(roadmap_version::Column::LearnerId.eq(learner))
        .filter(roadmap_version::Column::RoadmapId.eq(roadmap))
        .filter(roadmap_version::Column::Number.gt(1))
        .filter(roadmap_version::Column::Number.lte(newest - KEPT_VERSIONS));
    pruned.exec(db).await.map(|_| ())
}
