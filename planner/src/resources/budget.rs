//! The budget: Lagrangian relaxation (Geoffrion 1974) and branching.
//!
//! With a toll of λ on every cent, the cheapest choice without a budget costs at most what the cheapest one within the budget does
//! plus λ × budget. The best λ is found by meeting lines: of a choice that is too dear and one that is not, the toll at which both
//! cost the same is tried next. Where a gap is left, what the bound at that toll rules out of every better choice goes, and then the
//! search decides on a resource and tries both, beginning with the toll that was the best before.

use super::location::{Found, Location};
use crate::closure::{Cost, Fate, Fuel};
use crate::meter::Meter;
use crate::units::Price;

/// A budget may take one part in so many of the effort: of real catalogues' hardest budgets that leaves one in a hundred without a proof.
const SHARE: u64 = 8;

/// The choice within a budget that leaves the fewest steps uncovered and then has the least burden.
pub(super) fn solve(location: &Location, budget: Price, effort: u64, meter: &Meter) -> Found {
    let unlimited = meter.search(effort, |fuel| location.solve(&[], 0, fuel)).unwrap_or_default();
    if unlimited.cents <= budget.cents() {
        return unlimited;
    }
    meter.search(effort / SHARE, |fuel| within(location, budget, fuel))
}

fn within(location: &Location, budget: Price, fuel: &mut Fuel) -> Found {
    let mut location = location.with_penalties();
    location.split(fuel);
    let mut search = Search { location, budget: budget.cents(), fuel, best: None };
    let Relaxed { lower, dear, toll } = search.relax(&[], None);
    if lower >= search.limit() || dear.is_none() {
        return search.finish(lower);
    }
    // What no better choice can have is out for good.
    let limit = search.limit().saturating_add(toll * Cost::from(search.budget));
    if !search.location.rule_out(toll, limit, search.fuel) {
        return search.finish(Cost::MAX);
    }
    let least = search.branch(&[], Some(toll));
    search.finish(lower.max(least))
}

struct Search<'a> {
    location: Location,
    budget: u64,
    /// What is left of the effort.
    fuel: &'a mut Fuel,
    best: Option<Found>,
}

/// What tolls tell of the choices that agree with some decisions.
struct Relaxed {
    /// No choice within the budget costs less, penalties counted.
    lower: Cost,
    /// The last choice met that is too dear; `None` where there is nothing to decide any more.
    dear: Option<Found>,
    /// The toll of the best bound.
    toll: Cost,
}

impl Search<'_> {
    /// The least cost, penalties counted, of the choices that agree with the decisions, or a bound of it.
    fn branch(&mut self, decided: &[(usize, Fate)], toll: Option<Cost>) -> Cost {
        let cents_in: u64 =
            decided.iter().filter(|(_, fate)| *fate == Fate::In).map(|&(i, _)| self.location.cents[i]).sum();
        if cents_in > self.budget {
            return Cost::MAX;
        }
        let Relaxed { lower, dear, toll } = self.relax(decided, toll);
        if lower >= self.limit() || self.fuel.0 == 0 {
            return lower;
        }
        // Of what the too dear choice buys, the dearest that is not decided.
        let Some(pick) = dear.and_then(|dear| self.dearest_undecided(&dear, decided)) else { return lower };
        let mut least = Cost::MAX;
        for fate in [Fate::Out, Fate::In] {
            let with = [decided, &[(pick, fate)]].concat();
            least = least.min(self.branch(&with, Some(toll)));
        }
        lower.max(least)
    }

    /// The best bound over all tolls; it begins with the best one of the choices decided before.
    fn relax(&mut self, decided: &[(usize, Fate)], inherited: Option<Cost>) -> Relaxed {
        let mut relaxed = Relaxed { lower: 0, dear: None, toll: 0 };
        let mut cheap = None;
        if let Some(toll) = inherited {
            let Some(found) = self.at_toll(decided, toll, &mut relaxed) else { return relaxed };
            if relaxed.lower >= self.limit() {
                return relaxed;
            }
            if found.cents > self.budget {
                relaxed.dear = Some(found);
            } else {
                cheap = Some(found);
            }
        }
        if relaxed.dear.is_none() {
            let Some(found) = self.at_toll(decided, 0, &mut relaxed) else { return relaxed };
            if found.cents <= self.budget {
                return relaxed;
            }
            relaxed.dear = Some(found);
        }
        // So high a toll that no cent is spent that is not decided on.
        let highest = self.location.penalty * (self.location.resources.len() as Cost + 1);
        let Some(mut cheap) = cheap.or_else(|| self.at_toll(decided, highest, &mut relaxed)) else {
            return relaxed;
        };
        if cheap.cents > self.budget {
            return Relaxed { lower: Cost::MAX, ..relaxed };
        }
        while let Some(dear) = relaxed.dear.take() {
            let (dear_cost, cheap_cost) = (self.total(&dear), self.total(&cheap));
            let between = dear.cents - cheap.cents;
            let toll = cheap_cost.saturating_sub(dear_cost) / Cost::from(between);
            let (before, met) = (relaxed.lower, dear.cents);
            relaxed.dear = Some(dear);
            if self.fuel.0 == 0 || before >= self.limit() {
                break;
            }
            let Some(found) = self.at_toll(decided, toll, &mut relaxed) else { break };
            let is_met = found.cents == met || found.cents == cheap.cents;
            if found.cents > self.budget {
                relaxed.dear = Some(found);
            } else {
                cheap = found;
            }
            if relaxed.lower <= before && is_met {
                break;
            }
        }
        relaxed
    }

    /// The best choice at a toll; `None`, and nothing to look for, where the decisions leave none.
    fn at_toll(&mut self, decided: &[(usize, Fate)], toll: Cost, relaxed: &mut Relaxed) -> Option<Found> {
        let Some(found) = self.location.solve(decided, toll, self.fuel) else {
            relaxed.lower = Cost::MAX;
            return None;
        };
        let bound = self.charge(&found, toll);
        if bound > relaxed.lower {
            (relaxed.lower, relaxed.toll) = (bound, toll);
        }
        if found.cents <= self.budget {
            self.offer(found.clone());
        }
        Some(found)
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
        let mut best = self.best.unwrap_or_default();
        let penalties = self.location.penalty * best.uncovered.len() as Cost;
        best.lower = lower.min(limit).saturating_sub(penalties);
        best
    }
}
