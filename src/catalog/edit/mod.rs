//! What curators do to a catalogue, one thing at a time: pure functions from a draft to the next one.
//!
//! An edit looks after what it touches, and after the references to it. Whether the whole is sound is for [`Catalog::new`] to say when all edits
//! are made; what it finds is told where the curator can mend it: at the value of the edit that it comes from, or at the edit.

mod change;
mod explain;
mod find;
mod mistake;
mod names;
mod references;
mod rename;
mod requirement;
mod retire;
#[cfg(test)]
mod tests;

use waymark_planner::Catalog;
use waymark_planner::catalog::Kind;
use waymark_planner::draft::{
    AreaDraft, At, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
};

pub use change::{AreaChange, Optional, ResourceChange, RoleChange, StepChange, TopicChange};
pub(in crate::catalog) use find::Slugged;
pub use mistake::{Mistake, Wrong};
pub use names::keeping_names;
pub use rename::Rename;
pub use requirement::{Owner, RequirementChange};
pub use retire::Retire;
use retire::Retired;

/// One thing that a curator does. What is created comes whole; of what is changed only what is given changes.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Edit {
    CreateArea(AreaDraft),
    CreateTopic(TopicDraft),
    /// A level of a topic, which stands first.
    CreateStep(At<String>, LevelDraft),
    CreateRole(RoleDraft),
    CreateResource(Box<ResourceDraft>),
    ChangeArea(AreaChange),
    ChangeTopic(TopicChange),
    ChangeStep(StepChange),
    ChangeRole(RoleChange),
    ChangeResource(Box<ResourceChange>),
    /// Another slug; the old one stays an alias.
    Rename(Kind, Rename),
    /// The end of something, or its replacement by another of its kind.
    Retire(Kind, Retire),
    /// The end of a level of a topic, or its replacement by another step. Both are named in the form `topic@LEVEL`.
    RetireStep(Retire),
    AddRequirement(Owner, EntryDraft),
    /// The requirement is named by its steps.
    ChangeRequirement(Owner, At<Vec<String>>, RequirementChange),
    /// The requirement is named by its steps.
    RemoveRequirement(Owner, At<Vec<String>>),
}

/// Makes one edit.
///
/// # Errors
/// Where it can't be made: what it is about is not there, or what it creates is there already.
pub fn apply(mut draft: Draft, edit: &Edit) -> Result<Draft, Mistake> {
    make(&mut draft, edit)?;
    Ok(draft)
}

/// The catalogue after some edits, one after the other. The origin of an edit stands for all of it.
///
/// # Errors
/// All that is wrong with the edits, or else with what comes of them.
pub fn edited(catalog: &Catalog, edits: &[At<Edit>]) -> Result<Catalog, Vec<Mistake>> {
    let mut draft = Draft::from(catalog);
    let mut mistakes = Vec::new();
    let mut retired = Vec::new();
    for edit in edits {
        retired.extend(Retired::by(&edit.value, &draft));
        mistakes.extend(make(&mut draft, &edit.value).err().map(|mistake| mistake.or_at(edit.origin)));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    draft.resolve_aliases();
    // The draft is kept to tell who is meant.
    Catalog::new(draft.clone()).map_err(|problems| explain::explain(problems, &draft, edits, &retired))
}

/// Makes an edit, or leaves the draft as it is.
fn make(draft: &mut Draft, edit: &Edit) -> Result<(), Mistake> {
    match edit {
        Edit::CreateArea(area) => find::add(&mut draft.areas, area.clone()),
        Edit::CreateTopic(topic) => find::add(&mut draft.topics, topic.clone()),
        Edit::CreateStep(topic, level) => change::add_step(draft, topic, level),
        Edit::CreateRole(role) => find::add(&mut draft.roles, role.clone()),
        Edit::CreateResource(resource) => find::add(&mut draft.resources, (**resource).clone()),
        Edit::ChangeArea(change) => change.make(draft),
        Edit::ChangeTopic(change) => change.make(draft),
        Edit::ChangeStep(change) => change.make(draft),
        Edit::ChangeRole(change) => change.make(draft),
        Edit::ChangeResource(change) => change.make(draft),
        Edit::Rename(kind, rename) => rename.make(draft, *kind),
        Edit::Retire(kind, retire) => retire.make(draft, *kind),
        Edit::RetireStep(retire) => retire.make_step(draft),
        Edit::AddRequirement(owner, entry) => requirement::add(draft, owner, entry),
        Edit::ChangeRequirement(owner, steps, change) => change.make(draft, owner, steps),
        Edit::RemoveRequirement(owner, steps) => requirement::remove(draft, owner, steps),
    }
}

/// What has no place in the edits: the catalogue's own, or all edits together.
const NOWHERE: Origin = Origin(0);
