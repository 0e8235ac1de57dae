//! Whose it is what a name is of that does not tell.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use uuid::Uuid;
use waymark_entity::owner;

use super::only;

/// Adds a name; `false` where there is one like it.
pub(super) async fn add(db: &impl ConnectionTrait, name: String, learner_id: Uuid) -> Result<bool, DbErr> {
    let added = owner::Entity::insert(owner::Model { name, learner_id }.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(added > 0)
}

/// Whose a name is.
pub(super) async fn find(db: &impl ConnectionTrait, name: String) -> Result<Option<Uuid>, DbErr> {
    Ok(only(owner::Entity::find_by_id(name), db).await?.map(|owner| owner.learner_id))
}

/// Takes a name back.
pub(super) async fn delete(db: &impl ConnectionTrait, name: String) -> Result<(), DbErr> {
    owner::Entity::delete_by_id(name).exec(db).await.map(|_| ())
}

/// Takes all names of a learner back.
pub(super) async fn delete_all(db: &impl ConnectionTrait, learner: Uuid) -> Result<(), DbErr> {
    let of_learner = owner::Entity::delete_many().filter(owner::Column::LearnerId.eq(learner));
    of_learner.exec(db).await.map(|_| ())
}
