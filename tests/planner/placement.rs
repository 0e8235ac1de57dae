//! Placement on the curated catalogue: simulated learners answer, and what is concluded is compared with what they know.

use std::collections::BTreeSet;

use waymark::catalog::embedded;
use waymark_planner::ids::StepId;
use waymark_planner::placement::{Answer, Placement, PlacementRequest, place};
use waymark_planner::units::{Day, Hours};
use waymark_planner::{Catalog, Effort, Meter, Pace, Request, Roadmap, plan};

/// A small generator of its own: what the learners are like does not depend on the placement's chance.
struct Dice(u64);

impl Dice {
    #[allow(clippy::cast_precision_loss)] // 53 bits fit exactly
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    fn below(&mut self, most: usize) -> usize {
        (self.unit() * most as f64) as usize
    }
}

struct World {
    catalog: Catalog,
    whole: Roadmap,
}

/// Kinds of learners.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    ExactlyARole,
    PartOfTheNext,
    SpecialistWithHoles,
    Random,
    AnotherStack,
}

fn request(catalog: &Catalog, from: Option<&str>, to: &str) -> Request {
    let pace = Pace {
        hours_per_week: Hours::positive(5.0).unwrap(),
        start: Day(0),
        finish_by: None,
        pauses: vec![],
    };
    Request { from: from.and_then(|from| catalog.role(from)), to: catalog.role(to), ..Request::new(pace) }
}

const KINDS: [Kind; 5] =
    [Kind::ExactlyARole, Kind::PartOfTheNext, Kind::SpecialistWithHoles, Kind::Random, Kind::AnotherStack];
/// Learners of each kind.
const LEARNERS: usize = 10;
const ROLES: [&str; 3] = ["mid-level-backend-engineer", "senior-backend-engineer", "backend-architect"];

impl World {
    fn new() -> Self {
        let catalog = embedded().unwrap();
        let whole = plan(&catalog, request(&catalog, None, ROLES[2])).unwrap();
        Self { catalog, whole }
    }

    /// What somebody knows who holds a role, with the languages and tools that they prefer.
    fn held(&self, role: &str, prefer: &[&str]) -> BTreeSet<StepId> {
        let prefer = prefer.iter().filter_map(|topic| self.catalog.topic(topic)).collect();
        let known =
            plan(&self.catalog, Request { prefer, ..request(&self.catalog, Some(role), role) }).unwrap();
        self.catalog.steps().ids().filter(|&step| known.knows(step)).collect()
    }

    fn is_met(&self, held: &BTreeSet<StepId>, step: StepId) -> bool {
        let mut entries = self.catalog.requires(step);
        entries.all(|entry| self.catalog.any_of(entry).iter().any(|way| held.contains(way)))
    }

    /// Adds steps of the whole way, each with a probability of its own, where their requirements are held.
    fn grow(
        &self,
        held: &mut BTreeSet<StepId>,
        mut probability: impl FnMut(usize, StepId) -> f64,
        dice: &mut Dice,
    ) {
        for planned in &self.whole.steps {
            let wanted = dice.unit() < probability(planned.milestone, planned.step);
            if wanted && self.is_met(held, planned.step) {
                held.insert(planned.step);
            }
        }
    }

    fn learner(&self, kind: Kind, role: usize, dice: &mut Dice) -> BTreeSet<StepId> {
        let mut held = self.held(ROLES[role], &[]);
        match kind {
            Kind::ExactlyARole => {}
            Kind::PartOfTheNext => {
                let part = dice.unit();
                let next = self.whole.milestones.len() - ROLES.len() + role + 1;
                self.grow(&mut held, |milestone, _| if milestone == next { part } else { 0.0 }, dice);
            }
            Kind::SpecialistWithHoles => {
                let areas: Vec<bool> = (0..self.catalog.areas().len()).map(|_| dice.unit() < 0.3).collect();
                let area = |step: StepId| self.catalog.topics()[self.catalog.steps()[step].topic].area;
                let is_strong = |step| areas[waymark_planner::ids::Id::index(area(step))];
                self.grow(&mut held, |_, step| if is_strong(step) { 0.9 } else { 0.0 }, dice);
                // Holes, with whatever stood on them.
                held.retain(|&step| is_strong(step) || dice.unit() > 0.12);
                loop {
                    let fallen: Vec<_> =
                        held.iter().copied().filter(|&step| !self.is_met(&held, step)).collect();
                    if fallen.is_empty() {
                        break;
                    }
                    held.retain(|step| !fallen.contains(step));
                }
            }
            Kind::Random => {
                held.clear();
                let share = 0.3 + 0.69 * dice.unit();
                self.grow(&mut held, |_, _| share, dice);
            }
            Kind::AnotherStack => {
                let stacks: [&[&str]; 4] = [
                    &["go", "mysql"],
                    &["typescript", "nodejs", "mongodb"],
                    &["csharp", "aspnet-core", "sql-server", "azure"],
                    &["python", "django", "gcp"],
                ];
                held = self.held(ROLES[role], stacks[dice.below(stacks.len())]);
            }
        }
        held
    }

    fn asked(&self, from: Option<usize>, answers: Vec<(StepId, Answer)>) -> PlacementRequest {
        PlacementRequest {
            from: from.and_then(|role| self.catalog.role(ROLES[role])),
            to: self.whole.request.to,
            goals: vec![],
            prefer: vec![],
            avoid: vec![],
            answers,
            most_questions: 30,
            effort: Effort::default(),
        }
    }

    /// Asks until the questions are over; what was concluded, and the share of the hours that are judged rightly.
    fn ask(
        &self,
        truth: &BTreeSet<StepId>,
        from: Option<usize>,
        slips: f64,
        dice: &mut Dice,
    ) -> (Placement, f64) {
        let mut answers = Vec::new();
        loop {
            let placement =
                place(&self.catalog, &self.asked(from, answers.clone()), &Meter::default()).unwrap();
            let Some(step) = placement.next else {
                let right = self.right(&placement, truth);
                return (placement, right);
            };
            assert!(answers.iter().all(|&(other, _)| other != step), "asked twice");
            assert!(self.whole.steps.iter().any(|planned| planned.step == step), "out of scope");
            let is_known = truth.contains(&step) != (dice.unit() < slips);
            answers.push((step, if is_known { Answer::Yes } else { Answer::No }));
        }
    }

    fn right(&self, placement: &Placement, truth: &BTreeSet<StepId>) -> f64 {
        let hours = |step: StepId| self.catalog.steps()[step].hours.as_f64();
        let steps = self.whole.steps.iter().map(|planned| planned.step);
        let all: f64 = steps.clone().map(hours).sum();
        let is_right = |step: &StepId| placement.skills.contains(step) == truth.contains(step);
        steps.filter(is_right).map(hours).sum::<f64>() / all
    }
}

/// Averages over some learners.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    right: f64,
    claimed: f64,
    questions: f64,
}

impl Figures {
    #[allow(clippy::cast_precision_loss)]
    fn mean(all: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
        Self {
            right: mean(|one| one.right),
            claimed: mean(|one| one.claimed),
            questions: mean(|one| one.questions),
        }
    }
}

/// Places learners of each kind, who slip with some probability.
fn simulate(world: &World, slips: f64) -> Vec<(Kind, Figures)> {
    let of = |kind: Kind| {
        let mut dice = Dice(0x1234_5678_9abc_def1);
        let learners = (0..LEARNERS).map(|number| {
            let role = number % 2;
            let truth = world.learner(kind, role, &mut dice);
            let (placement, right) = world.ask(&truth, Some(role), slips, &mut dice);
            let (claimed, questions) = (placement.settled_share, f64::from(placement.asked));
            Figures { right, claimed, questions }
        });
        (kind, Figures::mean(&learners.collect::<Vec<_>>()))
    };
    std::thread::scope(|threads| {
        let running: Vec<_> = KINDS.into_iter().map(|kind| threads.spawn(move || of(kind))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn truthful_learners_are_placed_by_few_questions() {
    let world = World::new();
    let kinds = simulate(&world, 0.0);
    println!("{kinds:#?}");
    let all = Figures::mean(&kinds.iter().map(|(_, figures)| *figures).collect::<Vec<_>>());
    assert!(all.right >= 0.95 && all.questions <= 23.0, "{all:?}");
    for (kind, figures) in kinds {
        let least = match kind {
            Kind::ExactlyARole => 0.985,
            Kind::AnotherStack => 0.93,
            _ => 0.88,
        };
        assert!(figures.right >= least, "{kind:?}: {figures:?}");
        assert!(figures.claimed <= figures.right + 0.02, "{kind:?} claims too much: {figures:?}");
    }
}

#[test]
fn one_wrong_answer_in_ten_does_little_harm() {
    let kinds = simulate(&World::new(), 0.1);
    println!("{kinds:#?}");
    let all = Figures::mean(&kinds.iter().map(|(_, figures)| *figures).collect::<Vec<_>>());
    assert!(all.right >= 0.91, "{all:?}");
}

#[test]
fn the_order_of_the_answers_changes_nothing() {
    let world = World::new();
    let mut dice = Dice(7);
    let answers: Vec<_> = (0..12)
        .map(|_| {
            let step = world.whole.steps[dice.below(world.whole.steps.len())].step;
            (step, if dice.unit() < 0.5 { Answer::Yes } else { Answer::Unsure })
        })
        .collect();
    let placed = |answers| place(&world.catalog, &world.asked(Some(0), answers), &Meter::default()).unwrap();
    let first = placed(answers.clone());
    assert_eq!(placed(answers.into_iter().rev().collect()), first);
}
