//! Requirements, one at a time. One has no name of its own: it is told from the others of its owner by its steps.

use std::collections::BTreeSet;

use waymark_planner::draft::{At, Draft, EntryDraft};

use super::change::Optional;
use super::find;
use super::mistake::{Mistake, Wrong};

/// Who asks. Steps are named in the form `topic@LEVEL`.
#[derive(Clone, Debug, PartialEq)]
pub enum Owner {
    /// A step, which needs it.
    Requires(At<String>),
    /// A step, which is easier with it.
    Recommends(At<String>),
    /// A role.
    Role(At<String>),
}

/// What is to be otherwise about a requirement.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct RequirementChange {
    pub any_of: Option<At<Vec<At<String>>>>,
    pub weight: Option<At<i64>>,
    pub reason: Optional<String>,
}

impl Owner {
    fn entries<'a>(&self, draft: &'a mut Draft) -> Result<&'a mut Vec<EntryDraft>, Mistake> {
        Ok(match self {
            Self::Requires(step) => &mut find::level(draft, step)?.requires,
            Self::Recommends(step) => &mut find::level(draft, step)?.recommends,
            Self::Role(slug) => &mut find::item(&mut draft.roles, slug)?.requires,
        })
    }

    /// What it does, in words.
    fn words(&self) -> String {
        match self {
            Self::Requires(step) => format!("The step {} requires", step.value),
            Self::Recommends(step) => format!("The step {} recommends", step.value),
            Self::Role(slug) => format!("The role \"{}\" requires", slug.value),
        }
    }
}

/// Adds a requirement.
pub(super) fn add(draft: &mut Draft, owner: &Owner, entry: &EntryDraft) -> Result<(), Mistake> {
    let steps = entry.any_of.iter().map(|step| &*step.value);
    if position(draft, owner, steps)?.is_some() {
        return Err(twice(owner, entry));
    }
    owner.entries(draft)?.push(entry.clone());
    Ok(())
}

/// Takes a requirement away.
pub(super) fn remove(draft: &mut Draft, owner: &Owner, steps: &At<Vec<String>>) -> Result<(), Mistake> {
    let position = existing(draft, owner, steps)?;
    owner.entries(draft)?.remove(position);
    Ok(())
}

impl RequirementChange {
    pub(super) fn make(
        &self,
        draft: &mut Draft,
        owner: &Owner,
        steps: &At<Vec<String>>,
    ) -> Result<(), Mistake> {
        let at = existing(draft, owner, steps)?;
        let mut entry = owner.entries(draft)?[at].clone();
        entry.weight = self.weight.clone().unwrap_or(entry.weight);
        entry.reason = self.reason.clone().unwrap_or(entry.reason);
        entry.origin = steps.origin;
        if let Some(At { value, origin }) = self.any_of.clone() {
            (entry.any_of, entry.origin) = (value, origin);
        }
        let same = position(draft, owner, entry.any_of.iter().map(|step| &*step.value))?;
        if same.is_some_and(|same| same != at) {
            return Err(twice(owner, &entry));
        }
        owner.entries(draft)?[at] = entry;
        Ok(())
    }
}

fn existing(draft: &mut Draft, owner: &Owner, steps: &At<Vec<String>>) -> Result<usize, Mistake> {
    let found = position(draft, owner, steps.value.iter().map(String::as_str))?;
    let Some(found) = found else {
        let all: Vec<_> = owner.entries(draft)?.iter().map(|entry| words(&entry.any_of)).collect();
        let all = if all.is_empty() { "nothing".to_owned() } else { all.join(", and ") };
        let message = format!("{} {all}: name one of these by its steps.", owner.words());
        return Err(Mistake::new(steps.origin, Wrong::Unknown, message));
    };
    Ok(found)
}

/// Where the owner has the requirement of these steps.
fn position<'a>(
    draft: &mut Draft,
    owner: &Owner,
    steps: impl Iterator<Item = &'a str>,
) -> Result<Option<usize>, Mistake> {
    let wanted: BTreeSet<String> = steps.map(|step| current(draft, step)).collect();
    let entries = owner.entries(draft)?.clone();
    let set = |entry: &EntryDraft| entry.any_of.iter().map(|step| current(draft, &step.value)).collect();
    Ok(entries.iter().position(|entry| wanted == set(entry)))
}

/// A step by its current name.
fn current(draft: &Draft, step: &str) -> String {
    find::step_name(draft, &step.to_owned().into()).unwrap_or_else(|| step.to_owned())
}

fn twice(owner: &Owner, entry: &EntryDraft) -> Mistake {
    let message = format!("{} {} already.", owner.words(), words(&entry.any_of));
    Mistake::new(entry.origin, Wrong::Duplicate, message)
}

fn words(any_of: &[At<String>]) -> String {
    any_of.iter().map(|step| &*step.value).collect::<Vec<_>>().join(" or ")
}
