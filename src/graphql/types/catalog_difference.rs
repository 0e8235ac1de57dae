//! `CatalogDifference`.

use async_graphql::{Enum, SimpleObject};

use super::Proficiency;
use crate::catalog::diff;

/// A kind of thing in the catalogue.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "diff::What")]
pub enum CatalogItemKind {
    /// An area.
    Area,
    /// A topic.
    Topic,
    /// A topic at a level.
    Step,
    /// A role.
    Role,
    /// A resource.
    Resource,
}

/// What has become of something.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "diff::Change")]
pub enum CatalogItemChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Something about it is different.
    Changed,
    /// It has another slug, and perhaps more is different.
    Renamed,
}

/// Something that is different between two revisions of the catalogue.
#[derive(SimpleObject, Clone, Debug)]
pub struct CatalogDifference {
    /// What it is.
    kind: CatalogItemKind,
    /// What has become of it.
    change: CatalogItemChange,
    /// Its slug, of a step that of its topic: the one in the later revision, or the last one of what is gone.
    slug: String,
    /// The level; null where it is no step.
    level: Option<Proficiency>,
    /// Its title, of a step that of its topic.
    title: String,
    /// Its slug in the earlier revision, where that was another one.
    former_slug: Option<String>,
    /// What is different about it; empty where it is new or gone, but for what a role that is gone asked for.
    fields: Vec<CatalogFieldChange>,
}

/// A field with another value than before.
#[derive(SimpleObject, Clone, Debug)]
pub struct CatalogFieldChange {
    /// Its name in the files of a catalogue.
    name: String,
    /// The value before, as text; null where there was none. Several are divided by commas, and those that have commas of their own stand in quotation
    /// marks.
    before: Option<String>,
    /// The value now, as text; null where there is none.
    after: Option<String>,
}

impl From<diff::Difference> for CatalogDifference {
    fn from(difference: diff::Difference) -> Self {
        let diff::Difference { what, change, slug, level, title, former, fields } = difference;
        let field = |field: diff::FieldChange| CatalogFieldChange {
            name: field.name.to_owned(),
            before: field.before,
            after: field.after,
        };
        Self {
            kind: what.into(),
            change: change.into(),
            slug,
            level: level.map(Into::into),
            title,
            former_slug: former,
            fields: fields.into_iter().map(field).collect(),
        }
    }
}
