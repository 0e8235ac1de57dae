//! The budget: Lagrangian relaxation (Geoffrion 1974) and branching.
//!
//! With a toll of λ on every cent, the cheapest choice without a budget costs at most what the cheapest one within the budget does
//! plus λ × budget. The best λ is found by meeting lines: of a choice that is too dear and one that is not, the toll at which both
//! cost the same is tried next. Where a gap is left, the search decides on a resource and tries both.

use super::location::{Found, Location};
use crate::closure::{Cost, Fate};
use crate::units::Price;

/// The choice within a budget that leaves the fewest steps uncovered and then has the least burden.
pub(super) fn solve(location: &Location, budget: Price, effort: u64) -> Found {
    let unlimited = location.solve(&[], 0, effort);
    if unlimited.cents <= budget.cents() {
        return unlimited;
    }
    let location = location.with_penalties();
    let mut search = Search { location: &location, budget: budget.cents(), fuel: effort, best: None };
    let free: Vec<(usize, Fate)> =
        (0..location.cents.len()).filter(|&i| location.cents[i] > 0).map(|i| (i, Fate::Out)).collect();
    search.offer(location.solve(&free, 0, effort));
    let lower = search.branch(&[]);
    search.finish(lower)
}

struct Search<'a> {
    location: &'a Location,
    budget: u64,
    /// How much work is left, in solved choices times their size.
    fuel: u64,
    best: Option<Found>,
}

impl Search<'_> {
    /// The least cost, penalties counted, of the choices that agree with the decisions, or a bound of it.
    fn branch(&mut self, decided: &[(usize, Fate)]) -> Cost {
        let cents_in: u64 =
            decided.iter().filter(|(_, fate)| *fate == Fate::In).map(|&(i, _)| self.location.cents[i]).sum();
        if cents_in > self.budget {
            return Cost::MAX;
        }
        let (lower, dear) = self.relax(decided);
        if lower >= self.limit() || self.fuel == 0 {
            return lower;
        }
        // Of what the too dear choice buys, the dearest that is not decided.
        let Some(pick) = dear.and_then(|dear| self.dearest_undecided(&dear, decided)) else { return lower };
        let mut least = Cost::MAX;
        for fate in [Fate::Out, Fate::In] {
            let with = [decided, &[(pick, fate)]].concat();
            least = least.min(self.branch(&with));
        }
        lower.max(least)
    }

    /// The best bound over all tolls, and the last choice met that is too dear.
    fn relax(&mut self, decided: &[(usize, Fate)]) -> (Cost, Option<Found>) {
        let mut dear = self.at_toll(decided, 0);
        if dear.cents <= self.budget {
            return (self.charge(&dear, 0), None);
        }
        let mut lower = self.charge(&dear, 0);
        // So high a toll that no cent is spent that is not decided on.
        let mut cheap =
            self.at_toll(decided, self.location.penalty * (self.location.resources.len() as Cost + 1));
        if cheap.cents > self.budget {
            return (Cost::MAX, None);
        }
        while self.fuel > 0 && lower < self.limit() {
            let (dear_cost, cheap_cost) = (self.total(&dear), self.total(&cheap));
            let toll = cheap_cost.saturating_sub(dear_cost) / Cost::from(dear.cents - cheap.cents);
            let between = self.at_toll(decided, toll);
            let bound = self.charge(&between, toll);
            let progress = bound > lower;
            lower = lower.max(bound);
            let (before, now) = (dear.cents - cheap.cents, between.cents);
            if between.cents > self.budget {
                dear = between;
            } else {
                cheap = between;
            }
            if !progress && (dear.cents - cheap.cents == before || now == dear.cents) {
                break;
            }
        }
        (lower, Some(dear))
    }

    fn at_toll(&mut self, decided: &[(usize, Fate)], toll: Cost) -> Found {
        let found = self.location.solve(decided, toll, self.fuel);
        self.fuel = self.fuel.saturating_sub(1 + self.location.resources.len() as u64 * 8);
        if found.cents <= self.budget {
            self.offer(found.clone());
        }
        found
    }

    /// The bound that a solved relaxation gives at a toll.
    fn charge(&self, found: &Found, toll: Cost) -> Cost {
        found.lower.saturating_sub(toll * Cost::from(self.budget))
    }

    fn dearest_undecided(&self, found: &Found, decided: &[(usize, Fate)]) -> Option<usize> {
        let bought = self.location.bought(found);
        let open = bought.into_iter().filter(|i| decided.iter().all(|(other, _)| other != i));
        open.max_by_key(|&i| (self.location.cents[i], std::cmp::Reverse(i)))
            .filter(|&i| self.location.cents[i] > 0)
    }

    fn total(&self, found: &Found) -> Cost {
        found.burden + self.location.penalty * found.uncovered.len() as Cost
    }

    fn limit(&self) -> Cost {
        self.best.as_ref().map_or(Cost::MAX, |best| self.total(best))
    }

    fn offer(&mut self, found: Found) {
        if found.cents <= self.budget && self.total(&found) < self.limit() {
            self.best = Some(found);
        }
    }

    fn finish(self, lower: Cost) -> Found {
        let limit = self.limit();
        let mut best = self.best.unwrap_or(Found {
            coverages: Vec::new(),
            uncovered: Vec::new(),
            cents: 0,
            burden: 0,
            lower: 0,
        });
        let penalties = self.location.penalty * best.uncovered.len() as Cost;
        best.lower = lower.min(limit).saturating_sub(penalties);
        best
    }
}
