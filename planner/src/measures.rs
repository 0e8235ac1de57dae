//! Measures of a curriculum by Heileman, Abdallah, Slim and Hickman, *Curricular Analytics* (2018).

use rustc_hash::FxHashSet;

use crate::catalog::Catalog;
use crate::ids::{Arena, Id, StepId, small};

/// How much hangs on a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// The number of other steps that it reaches.
    pub blocking_factor: u32,
    /// The number of steps on the longest path through it.
    pub delay_factor: u32,
}

impl Measures {
    /// The sum of the two.
    pub fn complexity(self) -> u32 {
        self.blocking_factor + self.delay_factor
    }
}

/// For each step the steps on the longest path down to the first requirement and up to the last dependant, itself counted in both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Depths {
    down: Arena<StepId, u32>,
    up: Arena<StepId, u32>,
}

impl Depths {
    /// Longest paths over the whole catalogue, every alternative an edge. O(steps + edges).
    pub fn new(catalog: &Catalog) -> Self {
        let before: Vec<Vec<u32>> = catalog
            .steps()
            .ids()
            .map(|step| {
                let alternatives = catalog.requires(step).flat_map(|entry| catalog.any_of(entry));
                alternatives.map(|before| small(before.index())).collect()
            })
            .collect();
        let order = crate::graph::topological_order(before.len(), |step| &before[step]).unwrap_or_default();
        let (mut down, mut up) = (vec![1; before.len()], vec![1; before.len()]);
        for &step in &order {
            down[step] = 1 + before[step].iter().map(|&b| down[b as usize]).max().unwrap_or(0);
        }
        for &step in order.iter().rev() {
            for &b in &before[step] {
                up[b as usize] = up[b as usize].max(up[step] + 1);
            }
        }
        Self { down: down.into(), up: up.into() }
    }

    /// The measures of a step. O(what it reaches).
    pub fn of(&self, catalog: &Catalog, step: StepId) -> Measures {
        let mut seen = FxHashSet::from_iter([step]);
        let mut stack = vec![step];
        while let Some(step) = stack.pop() {
            stack.extend(catalog.unlocks(step).iter().filter(|next| seen.insert(**next)));
        }
        Measures {
            blocking_factor: u32::try_from(seen.len() - 1).unwrap_or(u32::MAX),
            delay_factor: self.down[step] + self.up[step] - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{catalog, step};

    #[test]
    fn what_is_reached_and_the_longest_path_are_counted() {
        // a → b → d, a → c → d, e alone.
        let catalog = catalog("a@W:1 b@W:1(a@W) c@W:1(a@W) d@W:1(b@W c@W) e@W:1", &[]);
        let depths = Depths::new(&catalog);
        let of = |name| {
            let measures = depths.of(&catalog, step(&catalog, name));
            (measures.blocking_factor, measures.delay_factor, measures.complexity())
        };
        assert_eq!(of("a@WORKING"), (3, 3, 6));
        assert_eq!(of("b@WORKING"), (1, 3, 4));
        assert_eq!(of("d@WORKING"), (0, 3, 3));
        assert_eq!(of("e@WORKING"), (0, 1, 1));
    }
}
