//! Which recommendations shape the order: of the steps of one milestone, each comes after those that it recommends, unless that would close
//! a circle.
//!
//! The recommendations are taken in the order of the slugs. Whether one closes a circle is found out by keeping an order of the steps
//! that all edges so far agree with, and mending it where the next one does not (Pearce and Kelly 2006).

use super::Layout;
use crate::closure::Terms;
use crate::graph;
use crate::ids::small;

/// For each step of a layout those of its milestone that it comes after because it recommends them, ascending.
pub(super) fn edges(layout: &Layout<'_>, terms: &Terms<'_>) -> Vec<Vec<u32>> {
    let mut recommended = vec![Vec::new(); layout.steps.len()];
    // Steps are numbered by slug and level.
    let wanted: Vec<(u32, u32)> = (0..small(layout.steps.len()))
        .flat_map(|step| recommendations(layout, terms, step).into_iter().map(move |before| (before, step)))
        .collect();
    if wanted.is_empty() {
        return recommended;
    }
    let mut order = Order::new(layout);
    for (before, after) in wanted {
        if order.admit(before, after) {
            recommended[after as usize].push(before);
        }
    }
    recommended
}

/// What a step recommends of its milestone, ascending: of each recommendation that nothing known meets the first alternative that is there.
fn recommendations(layout: &Layout<'_>, terms: &Terms<'_>, step: u32) -> Vec<u32> {
    let catalog = layout.catalog;
    let milestone = layout.placed[step as usize];
    let is_there = |other: &u32| *other != step && layout.placed[*other as usize] == milestone;
    let first = |entry| {
        let any_of = catalog.any_of(entry);
        if milestone.is_none() || any_of.iter().any(|step| terms.known.contains(step)) {
            return None;
        }
        let numbers = any_of.iter().filter_map(|step| layout.steps.binary_search(step).ok().map(small));
        numbers.into_iter().find(is_there)
    };
    let mut first: Vec<u32> = catalog.recommends(layout.steps[step as usize]).filter_map(first).collect();
    first.sort_unstable();
    first.dedup();
    first
}

/// An order of all steps in which each comes after what it needs and what has been admitted.
struct Order {
    before: Vec<Vec<u32>>,
    after: Vec<Vec<u32>>,
    place: Vec<u32>,
    at: Vec<u32>,
}

impl Order {
    fn new(layout: &Layout<'_>) -> Self {
        let n = layout.steps.len();
        let milestone = |step: u32| layout.placed[step as usize];
        let within = |(step, needs): (u32, &Vec<u32>)| {
            needs.iter().copied().filter(|&needed| milestone(needed) == milestone(step)).collect()
        };
        let before: Vec<Vec<u32>> = (0..).zip(&layout.needs).map(within).collect();
        let at: Vec<u32> = graph::topological_order(n, |step| &before[step])
            .unwrap_or_default()
            .into_iter()
            .map(small)
            .collect();
        let mut place = vec![0; n];
        (0..).zip(&at).for_each(|(place_of, &step)| place[step as usize] = place_of);
        Self { after: graph::reversed(&before), before, place, at }
    }

    /// Has a step come before another, if that closes no circle; whether it does not.
    fn admit(&mut self, before: u32, after: u32) -> bool {
        let (low, high) = (self.place[after as usize], self.place[before as usize]);
        if high > low {
            // All that comes after the one up to the other's place; and all that comes before that one down to this one's.
            let later = reach(&self.after, after, |step| self.place[step as usize] <= high);
            if later.contains(&before) {
                return false;
            }
            let earlier = reach(&self.before, before, |step| self.place[step as usize] >= low);
            self.reorder(earlier, later);
        }
        self.before[after as usize].push(before);
        self.after[before as usize].push(after);
        true
    }

    /// Puts the first steps before the others, within the places that both have, each in the order that it has.
    fn reorder(&mut self, mut earlier: Vec<u32>, mut later: Vec<u32>) {
        for steps in [&mut earlier, &mut later] {
            steps.sort_unstable_by_key(|&step| self.place[step as usize]);
        }
        let steps = [earlier, later].concat();
        let mut places: Vec<u32> = steps.iter().map(|&step| self.place[step as usize]).collect();
        places.sort_unstable();
        for (step, place) in steps.into_iter().zip(places) {
            self.place[step as usize] = place;
            self.at[place as usize] = step;
        }
    }
}

/// A step and all that edges lead to from it through such steps.
fn reach(edges: &[Vec<u32>], from: u32, through: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut seen = rustc_hash::FxHashSet::from_iter([from]);
    let mut found = vec![from];
    let mut next = 0;
    while let Some(&step) = found.get(next) {
        next += 1;
        for &to in &edges[step as usize] {
            if through(to) && seen.insert(to) {
                found.push(to);
            }
        }
    }
    found
}
