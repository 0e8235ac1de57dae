//! A population of states that stands for what the learner may know.

use super::Answer;
use super::chance::Chance;
use super::domain::Domain;
use super::prior::{Positions, Profile};
use crate::ids::small;

/// The number of states.
pub(super) const STATES: usize = 512;
/// The same, to count with.
pub(super) const ALL_STATES: f64 = 512.0;
/// The probability of YES from somebody who cannot do it, and of NO from somebody who can.
pub(super) const ERROR: f64 = 0.05;
/// The probabilities of UNSURE, but for a factor: if the step is known, and if not.
const UNSURE: (f64, f64) = (0.35, 0.65);
/// The doubt that remains about every step: learners are never quite as the prior has them.
const DOUBT: f64 = 0.015;
const SEED: u64 = 0x7761_796d_6172_6b21;

#[derive(Debug)]
pub(super) struct Population {
    states: Vec<State>,
    positions: Positions,
    chance: Chance,
    /// The items and their names in groups that were looked at.
    pub(super) looks: u64,
}

/// A closed set of items, and the profile that it is drawn from.
#[derive(Clone, Debug)]
struct State {
    profile: Profile,
    /// For each step its probability if its requirements are known.
    probabilities: Vec<f64>,
    held: Vec<bool>,
    /// For each group the number of its items that are held.
    counts: Vec<u32>,
    /// For each step the number of its groups of which nothing is held.
    unmet: Vec<u32>,
}

impl Population {
    /// States from the prior. `held` is the number of rungs that the learner is said to hold.
    pub(super) fn new(domain: &Domain, held: Option<usize>) -> Self {
        let positions = Positions::new(domain, held);
        let mut chance = Chance::new(SEED);
        let states = (0..STATES).map(|_| State::draw(domain, positions, &mut chance)).collect();
        Self { states, positions, chance, looks: (STATES * domain.items) as u64 }
    }

    /// Takes in answers: each reweights the states; when few of them carry the weight, they are resampled and stirred.
    pub(super) fn learn(&mut self, domain: &Domain, answers: &[(usize, Answer)]) {
        let mut weights = vec![1.0; STATES];
        let mut evidence = vec![1.0; domain.items];
        for (number, &(item, answer)) in answers.iter().enumerate() {
            let (known, unknown) = likelihoods(answer);
            evidence[item] *= known / unknown;
            for (weight, state) in weights.iter_mut().zip(&self.states) {
                *weight *= if state.held[item] { known } else { unknown };
            }
            let is_last = number + 1 == answers.len();
            if is_last || effective(&weights) < 0.5 * ALL_STATES {
                self.resample(&weights);
                weights.fill(1.0);
                self.stir(domain, &evidence);
            }
        }
    }

    /// Systematic resampling (Kitagawa, *JCGS* 5, 1996).
    fn resample(&mut self, weights: &[f64]) {
        let step = weights.iter().sum::<f64>() / ALL_STATES;
        let mut target = step * self.chance.unit();
        let mut passed = 0.0;
        let mut states = Vec::with_capacity(self.states.len());
        for (state, weight) in self.states.iter().zip(weights) {
            passed += weight;
            while target < passed && states.len() < self.states.len() {
                states.push(state.clone());
                target += step;
            }
        }
        // Sums of floating-point numbers may fall short of the last target.
        while states.len() < self.states.len() {
            states.push(self.states[self.states.len() - 1].clone());
        }
        self.states = states;
    }

    /// One Gibbs sweep over each state, and moves of its profile.
    fn stir(&mut self, domain: &Domain, evidence: &[f64]) {
        // Each item by its groups, and three times all steps for the moves of the profile.
        self.looks += (STATES * (domain.items + domain.groups.len() + 3 * domain.steps.len())) as u64;
        for state in &mut self.states {
            for (item, &evidence) in evidence.iter().enumerate() {
                state.redraw(domain, item, evidence, &mut self.chance);
            }
            state.redraw_profile(domain, self.positions, &mut self.chance);
        }
    }

    /// Whether a step counts as known.
    pub(super) fn is_known(&self, item: usize) -> bool {
        2.0 * f64::from(self.holders(item)) > ALL_STATES
    }

    fn holders(&self, item: usize) -> u32 {
        small(self.states.iter().filter(|state| state.held[item]).count())
    }

    /// The expected share of the hours in question that is judged rightly.
    pub(super) fn settled_share(&self, domain: &Domain) -> f64 {
        let all: f64 = domain.hours.iter().sum();
        let doubtful = |(item, hours): (usize, &f64)| {
            let share = f64::from(self.holders(item)) / ALL_STATES;
            hours * share.min(1.0 - share).max(DOUBT)
        };
        let doubt: f64 = domain.hours.iter().enumerate().map(doubtful).sum();
        if all > 0.0 { 1.0 - doubt / all } else { 1.0 }
    }

    /// For each step the states that hold it, as bits.
    pub(super) fn columns(&self, domain: &Domain) -> Vec<[u64; STATES / 64]> {
        let mut columns = vec![[0; STATES / 64]; domain.steps.len()];
        for (number, state) in self.states.iter().enumerate() {
            for (column, &held) in columns.iter_mut().zip(&state.held) {
                column[number / 64] |= u64::from(held) << (number % 64);
            }
        }
        columns
    }
}

impl State {
    fn draw(domain: &Domain, positions: Positions, chance: &mut Chance) -> Self {
        let profile = Profile::draw(domain, positions, chance);
        let mut state = Self {
            probabilities: probabilities(domain, &profile),
            profile,
            held: vec![false; domain.items],
            counts: vec![0; domain.groups.len()],
            unmet: domain.groups_of.iter().map(|groups| small(groups.len())).collect(),
        };
        for item in (domain.steps.len()..domain.items).chain(0..domain.steps.len()) {
            let probability = state.probability(item);
            if state.is_met(item) && chance.unit() < probability {
                state.flip(domain, item);
            }
        }
        state
    }

    /// The prior probability of an item whose requirements are met.
    fn probability(&self, item: usize) -> f64 {
        self.probabilities.get(item).copied().unwrap_or(self.profile.knows_another())
    }

    /// Whether everything that an item requires is held.
    fn is_met(&self, item: usize) -> bool {
        self.unmet.get(item).is_none_or(|&unmet| unmet == 0)
    }

    fn flip(&mut self, domain: &Domain, item: usize) {
        let held = !self.held[item];
        self.held[item] = held;
        for (owner, groups) in &domain.named_by[item] {
            for &group in groups {
                if held {
                    self.counts[group] += 1;
                    self.unmet[*owner] -= u32::from(self.counts[group] == 1);
                } else {
                    self.counts[group] -= 1;
                    self.unmet[*owner] += u32::from(self.counts[group] == 0);
                }
            }
        }
    }

    /// Draws an item anew from its distribution given all others. `evidence` is how much more likely the answers are if it is held.
    fn redraw(&mut self, domain: &Domain, item: usize, evidence: f64, chance: &mut Chance) {
        if !self.is_met(item) {
            return;
        }
        let probability = self.probability(item);
        // The odds that it is held.
        let mut odds = probability / (1.0 - probability) * evidence;
        for (owner, groups) in &domain.named_by[item] {
            let own = u32::from(self.held[item]);
            let alone = small(groups.iter().filter(|&&group| self.counts[group] == own).count());
            if alone == 0 {
                continue;
            }
            if self.held[*owner] {
                // It stands on this item, which therefore stays.
                return;
            }
            let other_unmet = self.unmet[*owner] - if self.held[item] { 0 } else { alone };
            if other_unmet == 0 {
                odds *= 1.0 - self.probabilities[*owner];
            }
        }
        if self.held[item] != (chance.unit() * (1.0 + odds) < odds) {
            self.flip(domain, item);
        }
    }

    /// Metropolis moves of the profile.
    fn redraw_profile(&mut self, domain: &Domain, positions: Positions, chance: &mut Chance) {
        let (moved, factor) = self.profile.moved(positions, chance);
        self.accept(domain, moved, factor, None, chance);
        let moved = self.profile.of_another_stack(chance);
        self.accept(domain, moved, 1.0, None, chance);
        for area in 0..domain.area_count {
            let shifted = self.profile.shifted(area, chance);
            self.accept(domain, shifted, 1.0, Some(area), chance);
        }
    }

    /// Takes another profile with the probability that leaves the distribution as it is. Only the steps of `area` differ, if one is given.
    fn accept(
        &mut self,
        domain: &Domain,
        profile: Profile,
        factor: f64,
        area: Option<usize>,
        chance: &mut Chance,
    ) {
        if factor <= 0.0 {
            return;
        }
        let differs = |item: &usize| area.is_none_or(|area| domain.areas[*item] == area);
        let mut ratio = factor;
        for item in (0..domain.steps.len()).filter(differs) {
            if self.is_met(item) {
                let (new, old) = (profile.probability(domain, item), self.probabilities[item]);
                ratio *= if self.held[item] { new / old } else { (1.0 - new) / (1.0 - old) };
            }
        }
        // No area has a hidden item: those depend on the stack alone.
        if area.is_none() {
            let (new, old) = (profile.knows_another(), self.profile.knows_another());
            for &held in &self.held[domain.steps.len()..] {
                ratio *= if held { new / old } else { (1.0 - new) / (1.0 - old) };
            }
        }
        if chance.unit() < ratio {
            for item in (0..domain.steps.len()).filter(differs) {
                self.probabilities[item] = profile.probability(domain, item);
            }
            self.profile = profile;
        }
    }
}

fn probabilities(domain: &Domain, profile: &Profile) -> Vec<f64> {
    (0..domain.steps.len()).map(|item| profile.probability(domain, item)).collect()
}

/// The probability of an answer if the step is known, and if not.
const fn likelihoods(answer: Answer) -> (f64, f64) {
    match answer {
        Answer::Yes => (1.0 - ERROR, ERROR),
        Answer::No => (ERROR, 1.0 - ERROR),
        Answer::Unsure => UNSURE,
    }
}

/// The number of states that would carry as much if each had the same weight (Kong, Liu and Wong, *JASA* 89, 1994).
fn effective(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}
