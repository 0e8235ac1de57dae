//! The learner's last day: whether all fits, what it would take, and the best that fits.
//!
//! The best is the closed subset of the largest weight within the hours that there are, the precedence-constrained knapsack
//! (NP-hard; Johnson and Niemi 1983). Depth-first branch and bound in an order that has dependants after what they need: a step is kept
//! only where all that it needs is. The bound is the fractional knapsack of what is undecided without precedence (Dantzig 1957),
//! with each step's weight spread over the hours of what it still brings with it.

use crate::calendar::Calendar;
use crate::catalog::Catalog;
use crate::request::Request;
use crate::roadmap::{PlannedStep, Schedule};
use crate::units::Hours;

/// Whether the work fits, and which steps are deferred where it does not.
pub(crate) fn schedule(
    catalog: &Catalog,
    request: &Request,
    calendar: &Calendar,
    work: Hours,
    steps: &mut [PlannedStep],
) -> Schedule {
    let starts_on = calendar.begins(Hours::ZERO);
    let room = request.pace.finish_by.map(|last| calendar.room(last));
    let fits = room.is_none_or(|room| work <= room);
    if let Some(room) = room.filter(|_| !fits) {
        let kept = best_subset(catalog, steps, room, request.effort.0);
        for (planned, kept) in steps.iter_mut().zip(kept) {
            planned.deferred = !kept;
        }
    }
    Schedule {
        starts_on,
        finishes_on: if work == Hours::ZERO { starts_on } else { calendar.ends(work) },
        fits,
        needed_hours_per_week: request.pace.finish_by.and_then(|last| calendar.needed_per_week(work, last)),
        kept_weight: steps
            .iter()
            .filter(|planned| !planned.deferred)
            .map(|planned| u64::from(planned.weight))
            .sum(),
    }
}

fn best_subset(catalog: &Catalog, steps: &[PlannedStep], room: Hours, effort: u64) -> Vec<bool> {
    let mut search = Search {
        hours: steps.iter().map(|planned| catalog.steps()[planned.step].hours.millionths()).collect(),
        weight: steps.iter().map(|planned| u64::from(planned.weight)).collect(),
        needs: steps.iter().map(|planned| planned.needs.clone()).collect(),
        ..Search::default()
    };
    search.run(room.millionths(), effort);
    search.best
}

/// Keeps or defers whole sets: to branch on a step with weight is to keep all that it needs, or to defer all that needs it.
#[derive(Default)]
struct Search {
    hours: Vec<u64>,
    weight: Vec<u64>,
    needs: Vec<Vec<usize>>,
    /// The steps with weight, most weight per hour of all that they need first.
    targets: Vec<usize>,
    best: Vec<bool>,
    best_weight: u64,
    best_hours: u64,
}

/// One way that the search still has to follow.
struct Branch {
    /// How many of the targets are decided.
    decided: usize,
    kept: Vec<bool>,
    out: Vec<bool>,
    hours: u64,
    weight: u64,
}

impl Search {
    fn run(&mut self, room: u64, effort: u64) {
        let n = self.hours.len();
        self.best = vec![false; n];
        self.targets = (0..n).filter(|&step| self.weight[step] > 0).collect();
        let nothing = vec![false; n];
        let density = |step: usize| {
            let (hours, weight) = self.closure(step, &nothing);
            (u128::from(weight) << 64) / u128::from(hours.max(1))
        };
        let mut targets: Vec<_> = self.targets.iter().map(|&step| (density(step), step)).collect();
        targets.sort_by_key(|&(density, step)| (std::cmp::Reverse(density), step));
        self.targets = targets.into_iter().map(|(_, step)| step).collect();
        let mut stack = vec![Branch { decided: 0, kept: nothing.clone(), out: nothing, hours: 0, weight: 0 }];
        let mut work = 0u64;
        while let Some(branch) = stack.pop() {
            work += n as u64;
            self.offer(&branch);
            if work > effort || branch.weight + self.bound(&branch, room - branch.hours) <= self.best_weight {
                continue;
            }
            let Some(decided) = (branch.decided..self.targets.len()).find(|&i| {
                let target = self.targets[i];
                !branch.kept[target] && !branch.out[target]
            }) else {
                continue;
            };
            let target = self.targets[decided];
            let without = self.defer(&branch, target, decided + 1);
            stack.push(without);
            stack.extend(self.keep(&branch, target, decided + 1).filter(|with| with.hours <= room));
        }
    }

    fn offer(&mut self, branch: &Branch) {
        let better = branch.weight > self.best_weight
            || (branch.weight == self.best_weight && branch.hours < self.best_hours);
        if better {
            (self.best_weight, self.best_hours) = (branch.weight, branch.hours);
            self.best.clone_from(&branch.kept);
        }
    }

    /// The branch with a target and all that it needs; `None` where some of that is deferred.
    fn keep(&self, branch: &Branch, target: usize, decided: usize) -> Option<Branch> {
        let mut kept = branch.kept.clone();
        let mut stack = vec![target];
        let (mut hours, mut weight) = (branch.hours, branch.weight);
        while let Some(step) = stack.pop() {
            if branch.out[step] {
                return None;
            }
            if !std::mem::replace(&mut kept[step], true) {
                hours = hours.saturating_add(self.hours[step]);
                weight += self.weight[step];
                stack.extend(&self.needs[step]);
            }
        }
        Some(Branch { decided, kept, out: branch.out.clone(), hours, weight })
    }

    /// The branch without a target and all that needs it.
    fn defer(&self, branch: &Branch, target: usize, decided: usize) -> Branch {
        let mut out = branch.out.clone();
        out[target] = true;
        // Steps stand after what they need, so one pass finds all that is lost.
        for step in target + 1..out.len() {
            out[step] = out[step] || self.needs[step].iter().any(|&needed| out[needed]);
        }
        Branch { decided, kept: branch.kept.clone(), out, hours: branch.hours, weight: branch.weight }
    }

    /// Hours and weight of a step with all that it needs and is not kept.
    fn closure(&self, step: usize, kept: &[bool]) -> (u64, u64) {
        let mut seen = vec![false; self.hours.len()];
        let mut stack = vec![step];
        let (mut hours, mut weight) = (0u64, 0);
        while let Some(step) = stack.pop() {
            if !kept[step] && !std::mem::replace(&mut seen[step], true) {
                hours = hours.saturating_add(self.hours[step]);
                weight += self.weight[step];
                stack.extend(&self.needs[step]);
            }
        }
        (hours, weight)
    }

    /// No way to go on from the branch adds more weight than this.
    ///
    /// The hours of a means are shared out evenly among the targets that are undecided and need it: together the targets kept pay no
    /// more than what they need takes, so the fractional knapsack over those shares is a relaxation.
    fn bound(&self, branch: &Branch, room: u64) -> u64 {
        let n = self.hours.len();
        let open = |step: usize| !branch.kept[step] && !branch.out[step];
        let mut users = vec![0u128; n];
        let mut share = vec![0u128; n];
        let mut items = Vec::new();
        let reach: Vec<(usize, Vec<usize>)> = (0..n)
            .filter(|&step| open(step) && self.weight[step] > 0)
            .map(|target| (target, self.open_needs(target, &branch.kept)))
            .collect();
        for (_, needed) in &reach {
            for &step in needed {
                users[step] += 1;
            }
        }
        for (target, needed) in &reach {
            share[*target] =
                needed.iter().map(|&step| u128::from(self.hours[step]) * 1_000 / users[step]).sum();
            items.push((share[*target], self.weight[*target]));
        }
        items.sort_by(|a, b| (a.0 * u128::from(b.1)).cmp(&(b.0 * u128::from(a.1))));
        let mut left = u128::from(room) * 1_000;
        let mut bound = 0;
        for (hours, weight) in items {
            if hours > left {
                return bound + u64::try_from(left * u128::from(weight) / hours.max(1)).unwrap_or(weight);
            }
            left -= hours;
            bound += weight;
        }
        bound
    }

    fn open_needs(&self, target: usize, kept: &[bool]) -> Vec<usize> {
        let mut seen = vec![false; self.hours.len()];
        let mut stack = vec![target];
        let mut needed = Vec::new();
        while let Some(step) = stack.pop() {
            if !kept[step] && !std::mem::replace(&mut seen[step], true) {
                needed.push(step);
                stack.extend(&self.needs[step]);
            }
        }
        needed
    }
}
