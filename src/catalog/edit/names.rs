//! Names that outlive the catalogue that they were in.

use std::collections::BTreeSet;

use waymark_planner::Catalog;
use waymark_planner::draft::{At, Draft};

use super::find::Slugged;

/// A catalogue that takes the place of another. What had another slug there, and goes back to a former one, is found by that one too from then on: what
/// has been recorded under it meanwhile stays what it was.
pub fn keeping_names(before: &Catalog, after: Catalog) -> Catalog {
    let old = Draft::from(before);
    let mut new = Draft::from(&after);
    let kept = [
        keep(&old.areas, &mut new.areas),
        keep(&old.topics, &mut new.topics),
        keep(&old.roles, &mut new.roles),
        keep(&old.resources, &mut new.resources),
    ];
    if kept.contains(&true) { Catalog::new(new).unwrap_or(after) } else { after }
}

/// Whether there was anything to keep.
fn keep<T: Slugged>(old: &[T], new: &mut [T]) -> bool {
    let slugs = |list: &[T]| list.iter().map(|item| item.slug().value.clone()).collect::<BTreeSet<_>>();
    let (there, here) = (slugs(old), slugs(new));
    let aliases = new.iter().flat_map(Slugged::aliases).map(|alias| alias.value.clone());
    let mut taken: BTreeSet<_> = here.iter().cloned().chain(aliases).collect();
    let mut is_kept = false;
    for gone in old.iter().filter(|item| !here.contains(&item.slug().value)) {
        let back = |alias: &&At<String>| here.contains(&alias.value) && !there.contains(&alias.value);
        let Some(name) = gone.aliases().iter().rev().find(back) else { continue };
        let Some(item) = new.iter_mut().find(|item| item.slug().value == name.value) else { continue };
        let names = gone.aliases().iter().map(|alias| &alias.value).chain([&gone.slug().value]);
        let free: Vec<_> = names.filter(|name| taken.insert((*name).clone())).cloned().collect();
        is_kept |= !free.is_empty();
        item.aliases_mut().extend(free.into_iter().map(At::from));
    }
    is_kept
}
