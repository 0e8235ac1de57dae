//! The parts that the changes have in common.

use sea_orm_migration::prelude::*;

/// A number that the importer assigns.
pub(crate) fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().primary_key().take()
}

/// Text that names a row for the world, once in its table.
pub(crate) fn slug() -> ColumnDef {
    ColumnDef::new("slug").text().not_null().unique_key().take()
}

/// A column that always has a value.
pub(crate) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// A column that may be empty.
pub(crate) fn text_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().take()
}

/// A number that always has a value.
pub(crate) fn integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// A number that may be empty.
pub(crate) fn integer_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().take()
}

/// A number of 64 bits that always has a value.
pub(crate) fn long(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A reference to a row that goes its own way: it can't be deleted while it is referred to.
pub(crate) fn refers(
    from: (&'static str, &'static str),
    to: (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("fk_{}_{}", from.0, from.1)).from(from.0, from.1).to(to.0, to.1).take()
}

/// A reference to the row that owns this one and takes it along when it is deleted.
pub(crate) fn owned(
    from: (&'static str, &'static str),
    to: (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    refers(from, to).on_delete(ForeignKeyAction::Cascade).take()
}

/// The index for looking rows up by columns.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(format!("ix_{table}_{}", columns.join("_"))).table(table).take();
    for &column in columns {
        index.col(column);
    }
    index
}

/// The index for looking rows up by columns whose values occur once.
pub(crate) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, columns).name(format!("uq_{table}_{}", columns.join("_"))).unique().take()
}

/// A key that the application makes: the time and chance.
pub(crate) fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// An instant that always has a value.
pub(crate) fn instant(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

/// An instant that may be empty.
pub(crate) fn instant_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().take()
}

/// The key of a table of learners: whose a row is comes first, so that the rows of one learner lie together, and can be kept together on
/// one of many machines.
pub(crate) fn key_of_learner(columns: &[&'static str]) -> IndexCreateStatement {
    let mut key = Index::create().col("learner_id").take();
    for &column in columns {
        key.col(column);
    }
    key
}

/// What is a learner's goes with the learner.
pub(crate) fn of_learner(table: &'static str) -> ForeignKeyCreateStatement {
    owned((table, "learner_id"), ("learners", "id"))
}

/// What belongs to a saved roadmap goes with it.
pub(crate) fn of_roadmap(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_roadmap_id"))
        .from(table, ("learner_id", "roadmap_id"))
        .to("roadmaps", ("learner_id", "id"))
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}
