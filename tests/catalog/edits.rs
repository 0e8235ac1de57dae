//! Whatever is edited, what comes of it is a catalogue: nothing refers to what is gone, and nothing else has changed.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use waymark::catalog::diff::diff;
use waymark::catalog::edit::{Edit, Owner, Rename, Retire, Wrong, apply, edited};
use waymark_planner::Catalog;
use waymark_planner::catalog::Kind;
use waymark_planner::draft::{At, Draft, EntryDraft, Origin};

use crate::drafts;

/// The slugs of a kind.
fn slugs(draft: &Draft, kind: Kind) -> Vec<String> {
    match kind {
        Kind::Area => draft.areas.iter().map(|area| area.slug.value.clone()).collect(),
        Kind::Topic => draft.topics.iter().map(|topic| topic.slug.value.clone()).collect(),
        Kind::Role => draft.roles.iter().map(|role| role.slug.value.clone()).collect(),
        Kind::Resource => draft.resources.iter().map(|resource| resource.slug.value.clone()).collect(),
    }
}

fn kind() -> impl Strategy<Value = Kind> {
    select(&[Kind::Area, Kind::Topic, Kind::Role, Kind::Resource][..])
}

/// Every name that stands for something in a catalogue but in its texts and aliases.
fn references(draft: &Draft) -> Vec<String> {
    let levels = || draft.topics.iter().flat_map(|topic| &topic.levels);
    let asked = levels().flat_map(|level| level.requires.iter().chain(&level.recommends));
    let asked = asked.chain(draft.roles.iter().flat_map(|role| &role.requires));
    let steps = asked.flat_map(|entry| &entry.any_of);
    let steps =
        steps.chain(draft.resources.iter().flat_map(|resource| &resource.covers).map(|cover| &cover.step));
    let topics = steps.filter_map(|step| step.value.split_once('@').map(|(topic, _)| topic.to_owned()));
    let after = draft.roles.iter().filter_map(|role| role.after.as_ref());
    let others = draft.topics.iter().map(|topic| &topic.area).chain(after);
    topics.chain(others.map(|name| name.value.clone())).collect()
}

/// A draft with one name instead of another wherever it refers, in its lists too, and without aliases.
fn with_name(draft: &Draft, kind: Kind, from: &str, to: &str) -> Draft {
    let rename = Edit::Rename(kind, Rename { slug: from.to_owned().into(), to: to.to_owned().into() });
    apply(draft.clone(), &rename).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_rename_changes_the_name_and_nothing_else(catalog in drafts::catalog(), kind in kind(), at in any::<Index>()) {
        let draft = Draft::from(&catalog);
        let slugs = slugs(&draft, kind);
        prop_assume!(!slugs.is_empty());
        let old = at.get(&slugs);
        let rename = Edit::Rename(kind, Rename { slug: old.clone().into(), to: "renamed".to_owned().into() });
        let renamed = edited(&catalog, &[At::from(rename.clone())]);
        prop_assert!(renamed.is_ok(), "{renamed:?}");
        let there = apply(draft.clone(), &rename).unwrap();
        // And back again it is the same but for the alias.
        let mut back = with_name(&there, kind, "renamed", old);
        let mut draft = draft;
        for draft in [&mut back, &mut draft] {
            draft.areas.iter_mut().for_each(|area| area.aliases.clear());
            draft.topics.iter_mut().for_each(|topic| topic.aliases.clear());
            draft.roles.iter_mut().for_each(|role| role.aliases.clear());
            draft.resources.iter_mut().for_each(|resource| resource.aliases.clear());
        }
        prop_assert_eq!(back, draft);
    }

    #[test]
    fn nothing_refers_to_what_was_retired(catalog in drafts::catalog(), kind in kind(), at in any::<Index>(), by in any::<Index>()) {
        let draft = Draft::from(&catalog);
        let slugs = slugs(&draft, kind);
        prop_assume!(slugs.len() > 1);
        let (old, replacement) = (at.get(&slugs), by.get(&slugs));
        prop_assume!(old != replacement);
        for replacement in [None, Some(At::from(replacement.clone()))] {
            let is_replaced = replacement.is_some();
            let retire = Edit::Retire(kind, Retire { slug: old.clone().into(), replacement });
            let after = apply(draft.clone(), &retire).unwrap();
            if is_replaced {
                prop_assert!(!references(&after).contains(old) || kind == Kind::Resource);
            }
            // What comes of it is sound, or said to be in use, or to lead around in a circle.
            match edited(&catalog, &[At::from(retire)]) {
                Ok(after) => {
                    let again = Catalog::new(Draft::from(&after));
                    prop_assert_eq!(again.as_ref(), Ok(&after));
                    prop_assert!(!diff(&catalog, &after).is_empty());
                }
                Err(mistakes) => prop_assert!(!mistakes.is_empty()),
            }
        }
    }

    #[test]
    fn a_requirement_is_there_once_and_closes_no_circle(catalog in drafts::catalog(), from in any::<Index>(), to in any::<Index>()) {
        let steps: Vec<String> = catalog.steps().ids().map(|step| catalog.step_name(step)).collect();
        prop_assume!(!steps.is_empty());
        let (owner, asked) = (from.get(&steps), to.get(&steps));
        let entry = EntryDraft {
            any_of: vec![At::new(asked.clone(), Origin(2))],
            weight: 1.into(),
            reason: None,
            origin: Origin(2),
        };
        let owned = Owner::Requires(owner.clone().into());
        let edit = At::new(Edit::AddRequirement(owned.clone(), entry), Origin(1));
        match edited(&catalog, std::slice::from_ref(&edit)) {
            Ok(after) => {
                let removal = Edit::RemoveRequirement(owned, vec![asked.clone()].into());
                let asks = diff(&catalog, &after);
                prop_assert!(asks.len() <= 1, "{asks:?}");
                // The level below goes without saying, so saying it changes nothing.
                let without = if asks.is_empty() { Ok(after) } else { edited(&after, &[removal.into()]) };
                prop_assert_eq!(without.as_ref(), Ok(&catalog));
            }
            Err(mistakes) => {
                prop_assert_eq!(mistakes.len(), 1);
                match mistakes[0].wrong {
                    Wrong::Cycle => prop_assert_eq!(mistakes[0].origin, Origin(2)),
                    wrong => prop_assert_eq!(wrong, Wrong::Duplicate),
                }
            }
        }
    }
}
