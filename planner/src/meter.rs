//! The count of what searches have done.

use std::cell::Cell;

use crate::closure::Fuel;

/// The effort that computations have taken so far, in visits of graph nodes, so that it is the same on any machine. What is no
/// visit of a node is counted as the number of visits that take about as long.
#[derive(Debug, Default)]
pub struct Meter(Cell<u64>);

impl Meter {
    /// The visits so far.
    pub const fn visits(&self) -> u64 {
        self.0.get()
    }

    /// Counts further visits.
    pub fn count(&self, visits: u64) {
        self.0.set(self.0.get().saturating_add(visits));
    }

    /// Counts as many steps of a loop as take about as long as visits.
    pub(crate) fn count_looks(&self, looks: u64) {
        self.count(looks / LOOKS_A_VISIT);
    }

    /// Runs a search with so much fuel, and counts what it burns.
    pub(crate) fn search<T>(&self, effort: u64, search: impl FnOnce(&mut Fuel) -> T) -> T {
        let mut fuel = Fuel(effort);
        let found = search(&mut fuel);
        self.count(effort - fuel.0);
        found
    }
}

/// How many looks at an item, an arc or a bit take as long as one visit of a search, which bounds, reduces and copies: measured.
const LOOKS_A_VISIT: u64 = 16;
