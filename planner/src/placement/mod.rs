//! Chapter 6 of the planning problem: a few questions find out what the learner knows.
//!
//! Knowledge space theory (Doignon and Falmagne, *Knowledge Spaces*, 1999) with slip and guess, as in ALEKS: what somebody knows is a
//! *state*, a set of steps that holds what each of its steps requires. A population of states is drawn from a prior, and reweighted,
//! resampled and stirred by the answers (sequential Monte Carlo with Gibbs moves: Chopin, *Biometrika* 89, 2002; Gilks and Berzuini,
//! *JRSS B* 63, 2001). The next question is the one that is expected to leave the least variance.
//!
//! The result depends on the catalogue and the request alone: answers are replayed in one canonical order, and chance comes from a
//! fixed seed. Time: O(answers × states × requirements in question) at most; memory: O(states × requirements in question).

mod chance;
mod domain;
mod population;
mod prior;
mod question;
#[cfg(test)]
mod tests;

use crate::catalog::Catalog;
use crate::conflict::NoRoadmap;
use crate::ids::{RoleId, StepId, TopicId};
use crate::known::Known;
use crate::meter::Meter;
use crate::request::{Effort, Pace, Request};
use crate::roadmap::plan_metered;
use crate::units::{Day, Hours};

use domain::Domain;
use population::Population;

/// The share of the hours in question that has to be expected to be judged rightly before the questions end.
pub const SETTLED: f64 = 0.95;

/// The expected number of questions before any has been answered, from simulation.
const USUAL_QUESTIONS: f64 = 20.0;

/// What a placement is made from. The order of the lists has no meaning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlacementRequest {
    /// The role that the learner holds.
    pub from: Option<RoleId>,
    /// The target role.
    pub to: Option<RoleId>,
    /// Steps wanted beyond the target role.
    pub goals: Vec<StepId>,
    /// Topics to use wherever a requirement offers them.
    pub prefer: Vec<TopicId>,
    /// Topics never to put on the roadmap.
    pub avoid: Vec<TopicId>,
    /// The answers so far. An answer about a step that is not in question says nothing.
    pub answers: Vec<(StepId, Answer)>,
    /// The most questions to ask.
    pub most_questions: u32,
    /// The bound of each search: see [`Effort`].
    pub effort: Effort,
}

/// An answer to "Can you do this?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Answer {
    Yes,
    No,
    Unsure,
}

/// What the answers tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The step to ask about next; `None` when the questions are over.
    pub next: Option<StepId>,
    /// The number of steps that were asked about.
    pub asked: u32,
    /// The number of questions that are expected to come yet; 0 when they are over.
    pub expected_left: u32,
    /// The expected share of the hours in question that is judged rightly, 0 to 1; 1 if nothing is in question.
    pub settled_share: f64,
    /// The steps that the learner is taken to know, ascending.
    pub skills: Vec<StepId>,
    /// The steps that `from` implies and the learner is taken not to know, ascending.
    pub gaps: Vec<StepId>,
}

impl Placement {
    /// How much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(self.skills.as_slice()) + size_of_val(self.gaps.as_slice())
    }
}

/// Places a learner by the answers so far.
///
/// # Errors
/// If the target cannot be reached from nothing: see [`plan`].
pub fn place(catalog: &Catalog, request: &PlacementRequest, meter: &Meter) -> Result<Placement, NoRoadmap> {
    let whole = plan_metered(catalog, request.whole_way(), meter)?;
    let domain = Domain::new(catalog, &whole);
    let answers = request.evidence(&domain);
    let mut asked: Vec<usize> = answers.iter().map(|&(item, _)| item).collect();
    asked.dedup();
    let rung = request.from.map(|role| catalog.ladder(role).len());
    let mut population = Population::new(&domain, rung);
    let unasked = population.settled_share(&domain);
    population.learn(&domain, &answers);
    meter.count_looks(population.looks);
    let settled_share = population.settled_share(&domain);
    let is_over = settled_share >= SETTLED || asked.len() >= request.most_questions as usize;
    let next = if is_over { None } else { question::next(&domain, &population, &asked, meter) };
    let implied = implied(catalog, request, meter);
    let (mut skills, mut gaps) = (Vec::new(), Vec::new());
    for (item, &step) in domain.steps.iter().enumerate() {
        if population.is_known(item) {
            skills.push(step);
        } else if implied.binary_search(&step).is_ok() {
            gaps.push(step);
        }
    }
    skills.sort_unstable();
    gaps.sort_unstable();
    let expected_left =
        next.map_or(0, |_| left(asked.len(), request.most_questions as usize, unasked, settled_share));
    let asked = u32::try_from(asked.len()).unwrap_or(u32::MAX);
    Ok(Placement { next, asked, expected_left, settled_share, skills, gaps })
}

/// The number of questions that are expected to come yet, at the pace of those so far and of most learners.
fn left(asked: usize, most: usize, unasked: f64, settled: f64) -> u32 {
    #![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let usual = (SETTLED - unasked).max(0.0) / USUAL_QUESTIONS;
    let count = asked as f64;
    let pace = ((settled - unasked).max(0.0) + 4.0 * usual) / (count + 4.0);
    let expected = if pace > 0.0 { ((SETTLED - settled) / pace).ceil() } else { f64::INFINITY };
    expected.clamp(1.0, (most - asked).max(1) as f64) as u32
}

/// The steps that `from` implies, ascending.
fn implied(catalog: &Catalog, request: &PlacementRequest, meter: &Meter) -> Vec<StepId> {
    let mut held = request.whole_way();
    held.from = request.from;
    let mut implied: Vec<_> = Known::of(catalog, &held.normalised(), meter).steps.into_iter().collect();
    implied.sort_unstable();
    implied
}

impl PlacementRequest {
    /// The same request in its one normal form: lists ascending, nothing twice.
    #[must_use]
    pub fn normalised(mut self) -> Self {
        self.goals.sort_unstable();
        self.goals.dedup();
        for topics in [&mut self.prefer, &mut self.avoid] {
            topics.sort_unstable();
            topics.dedup();
        }
        self.answers.sort_unstable();
        self.answers.dedup();
        self
    }

    /// How much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + size_of_val(self.goals.as_slice())
            + size_of_val(self.prefer.as_slice())
            + size_of_val(self.avoid.as_slice())
            + size_of_val(self.answers.as_slice())
    }

    /// The request for everything on the way from nothing. Its dates have no meaning here.
    fn whole_way(&self) -> Request {
        let pace = Pace {
            hours_per_week: Hours::from_millionths(40_000_000),
            start: Day(0),
            finish_by: None,
            pauses: Vec::new(),
        };
        Request {
            to: self.to,
            goals: self.goals.clone(),
            prefer: self.prefer.clone(),
            avoid: self.avoid.clone(),
            effort: self.effort,
            ..Request::new(pace)
        }
    }

    /// The answers about steps in question, in their canonical order, none twice.
    fn evidence(&self, domain: &Domain) -> Vec<(usize, Answer)> {
        let in_question = |&(step, answer): &(StepId, Answer)| Some((domain.item(step)?, answer));
        let mut answers: Vec<_> = self.answers.iter().filter_map(in_question).collect();
        answers.sort_unstable();
        answers.dedup();
        answers
    }
}
