//! The prior: how likely somebody is to know a step whose requirements they know.

use super::chance::Chance;
use super::domain::Domain;

/// The stacks to choose from: the one in question, nearly that one, a mixture, another one.
const STACKS: [Stack; 4] = [
    Stack { same: 1.0, other: 0.05 },
    Stack { same: 1.0, other: 0.2 },
    Stack { same: 0.6, other: 0.5 },
    Stack { same: 0.1, other: 0.9 },
];
/// The least probability of a step whose requirements are known; one minus it is the greatest.
const RARE: f64 = 0.03;
/// Slopes to choose from: somebody knows all up to a place and nothing beyond, or a bit of everything.
const SLOPES: [f64; 5] = [0.06, 0.15, 0.35, 0.9, 2.5];
/// Deviations of the areas' offsets to choose from: an all-rounder, a specialist.
const SPREADS: [f64; 3] = [0.02, 0.4, 1.2];
/// The probability that the position lies within the rung above `from`.
const NEAR: f64 = 0.75;

/// The languages and tools of a learner, compared with those in question.
#[derive(Clone, Copy, Debug)]
struct Stack {
    /// The factor on the probability of a step that is a choice.
    same: f64,
    /// The probability of an alternative that is not in question.
    other: f64,
}

/// What a learner is like: the parameters from which the probability of each step follows.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    position: f64,
    slope: f64,
    spread: f64,
    offsets: Vec<f64>,
    stack: Stack,
}

/// A distribution of positions on the ladder.
#[derive(Clone, Copy, Debug)]
pub(super) struct Positions {
    near: Option<(f64, f64)>,
    all: (f64, f64),
}

impl Positions {
    /// Positions around a rung, given as the number of rungs that are held.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn new(domain: &Domain, held: Option<usize>) -> Self {
        let all = (-0.5, domain.rungs as f64 + 1.0);
        let near = held.map(|held| (held as f64 - 0.1, held as f64 + 0.9));
        Self { near, all }
    }

    fn draw(self, chance: &mut Chance) -> f64 {
        match self.near {
            Some((low, high)) if chance.unit() < NEAR => chance.between(low, high),
            _ => chance.between(self.all.0, self.all.1),
        }
    }

    /// The density at a position, but for a factor.
    fn density(self, position: f64) -> f64 {
        let (low, high) = self.all;
        if position < low || position >= high {
            return 0.0;
        }
        let Some((from, to)) = self.near else { return 1.0 };
        let near = if (from..to).contains(&position) { NEAR / (to - from) } else { 0.0 };
        near + (1.0 - NEAR) / (high - low)
    }
}

impl Profile {
    pub(super) fn draw(domain: &Domain, positions: Positions, chance: &mut Chance) -> Self {
        let spread = chance.one_of(&SPREADS);
        Self {
            position: positions.draw(chance),
            slope: chance.one_of(&SLOPES),
            spread,
            offsets: (0..domain.area_count).map(|_| spread * chance.normal()).collect(),
            stack: chance.one_of(&STACKS),
        }
    }

    /// The probability that a step is known if its requirements are.
    pub(super) fn probability(&self, domain: &Domain, item: usize) -> f64 {
        let above = self.position + self.offsets[domain.areas[item]] - domain.depths[item];
        let share = if domain.is_choice[item] { self.stack.same } else { 1.0 };
        RARE + (1.0 - 2.0 * RARE) * share / (1.0 + (-above / self.slope).exp())
    }

    /// The probability that an alternative is known which is not in question.
    pub(super) const fn knows_another(&self) -> f64 {
        self.stack.other
    }

    /// A profile that differs in its stack. The prior is what it is drawn from.
    pub(super) fn of_another_stack(&self, chance: &mut Chance) -> Self {
        Self { stack: chance.one_of(&STACKS), ..self.clone() }
    }

    /// A profile that differs in position and slope, and the factor by which the prior prefers it.
    pub(super) fn moved(&self, positions: Positions, chance: &mut Chance) -> (Self, f64) {
        let position = self.position + chance.between(-0.5, 0.5);
        let factor = positions.density(position) / positions.density(self.position).max(f64::MIN_POSITIVE);
        (Self { position, slope: chance.one_of(&SLOPES), ..self.clone() }, factor)
    }

    /// A profile that differs in the offset of an area. The prior is what it is drawn from.
    pub(super) fn shifted(&self, area: usize, chance: &mut Chance) -> Self {
        let mut shifted = self.clone();
        shifted.offsets[area] = self.spread * chance.normal();
        shifted
    }
}
