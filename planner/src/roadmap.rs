//! The roadmap: the least-hours set in milestones, ordered, dated.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::calendar::Calendar;
use crate::catalog::Catalog;
use crate::closure::{Avoidance, Compiled, Fuel, Need, Terms};
use crate::conflict::{self, NoRoadmap};
use crate::ids::{RoleId, StepId};
use crate::known::Known;
use crate::order::Jobs;
use crate::request::Request;
use crate::units::{Day, Hours};
use crate::{critical, deadline};

/// A personal way through the catalogue: see `plan`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roadmap {
    /// The request that it answers, in its normal form.
    pub request: Request,
    /// The steps known by virtue of `from`, ascending.
    pub assumed: Vec<StepId>,
    /// The steps to learn, in order.
    pub steps: Vec<PlannedStep>,
    /// The milestones, in order; their steps are consecutive.
    pub milestones: Vec<Milestone>,
    /// The sum of the steps' hours.
    pub hours: Hours,
    /// No set of steps that reaches the target has fewer hours.
    pub lower_bound: Hours,
    /// Σ over the steps of weight × hours of all steps up to and with it, in millionths of an hour.
    pub weighted_completion: u128,
    /// When it ends, and what fits.
    pub schedule: Schedule,
    known: HashSet<StepId>,
}

/// A step of the roadmap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStep {
    /// The step.
    pub step: StepId,
    /// The index of its milestone.
    pub milestone: usize,
    /// What it is taken for: needs that it satisfies itself.
    pub serves: Vec<Need>,
    /// The sum of their weights; 0 where it is only a means.
    pub weight: u32,
    /// The day in which it begins.
    pub starts_on: Day,
    /// The day in which it ends.
    pub finishes_on: Day,
    /// The positions of the steps that it needs, ascending.
    pub needs: Vec<usize>,
    /// The positions of the steps that need it, ascending.
    pub unlocks: Vec<usize>,
    /// How much later it could end without the longest chain of hours growing.
    pub slack: Hours,
    /// Whether it is left for later, since not everything fits by the last day.
    pub deferred: bool,
}

/// A group of steps with one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The role that it reaches; `None` for the learner's own goals.
    pub role: Option<RoleId>,
    /// The positions of its steps.
    pub steps: Range<usize>,
    /// Their hours.
    pub hours: Hours,
    /// The day in which its first step begins.
    pub starts_on: Day,
    /// The day in which its last step ends.
    pub arrives_on: Day,
}

/// When the roadmap ends, and what fits by the learner's last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The first working day.
    pub starts_on: Day,
    /// The day in which the last step ends; the first working day where there is no step.
    pub finishes_on: Day,
    /// Whether all of it fits; true where there is no last day.
    pub fits: bool,
    /// The least hours a week with which all of it fits; `None` without a last day, or with no working day until then.
    pub needed_hours_per_week: Option<Hours>,
    /// The weight of the steps that are not deferred.
    pub kept_weight: u64,
}

impl PlannedStep {
    /// Whether it lies on the longest chain of hours.
    pub fn is_critical(&self) -> bool {
        self.slack == Hours::ZERO
    }
}

impl Roadmap {
    /// Whether no set of steps that reaches the target has fewer hours than this one.
    pub fn is_proven_minimal(&self) -> bool {
        self.hours == self.lower_bound
    }

    /// The steps that the learner knows: given and assumed.
    pub fn known(&self) -> &HashSet<StepId> {
        &self.known
    }

    pub(crate) fn terms<'a>(&'a self, catalog: &'a Catalog) -> Terms<'a> {
        terms(catalog, &self.known, &self.request)
    }

    /// For each step of the roadmap its position.
    pub fn positions(&self) -> HashMap<StepId, usize> {
        self.steps.iter().enumerate().map(|(position, planned)| (planned.step, position)).collect()
    }
}

/// The roadmap for a request: what the learner knows, the steps with the least hours that reach the target, in an order that brings
/// weight early, on the calendar.
///
/// Equal requests give equal roadmaps, in whatever order their lists are written.
///
/// # Errors
/// The requirement that can't be met, why, and which of the learner's wishes rule it out.
pub fn plan(catalog: &Catalog, request: Request) -> Result<Roadmap, NoRoadmap> {
    plan_early(catalog, request, &HashSet::new())
}

/// As [`plan`], with some steps as early as milestones and prerequisites allow.
pub(crate) fn plan_early(
    catalog: &Catalog,
    request: Request,
    early: &HashSet<StepId>,
) -> Result<Roadmap, NoRoadmap> {
    let request = request.normalised();
    let known = Known::of(catalog, &request);
    let needs = request.needs(catalog);
    let terms = terms(catalog, &known.steps, &request);
    let compiled = Compiled::new(&needs, &terms)
        .map_err(|unreachable| conflict::explain(catalog, &request, &known.steps, &needs, unreachable))?;
    let least = compiled.least(&mut Fuel(request.effort.0));
    Ok(Layout::new(&needs, &least.steps, &terms).into_roadmap(&request, &known, least.lower, early))
}

fn terms<'a>(catalog: &'a Catalog, known: &'a HashSet<StepId>, request: &'a Request) -> Terms<'a> {
    Terms { catalog, known, prefer: &request.prefer, avoid: &request.avoid, avoidance: Avoidance::Never }
}

/// Which step meets which need, and in which milestone each belongs.
struct Layout<'a> {
    terms: &'a Terms<'a>,
    /// The steps to learn.
    taken: HashSet<StepId>,
    /// The milestone of each step placed so far.
    placed: HashMap<StepId, usize>,
    /// For each milestone its role and its steps, ascending.
    milestones: Vec<(Option<RoleId>, Vec<StepId>)>,
    serves: HashMap<StepId, Vec<Need>>,
}

impl<'a> Layout<'a> {
    /// A step belongs to the first milestone that needs it.
    fn new(needs: &[Need], taken: &[StepId], terms: &'a Terms<'a>) -> Self {
        let mut layout = Self {
            terms,
            taken: taken.iter().copied().collect(),
            placed: HashMap::new(),
            milestones: Vec::new(),
            serves: HashMap::new(),
        };
        for group in needs.chunk_by(|a, b| role_of(a) == role_of(b)) {
            let open: Vec<_> =
                group.iter().filter_map(|need| layout.ways(need.any_of(terms.catalog))).collect();
            let steps = layout.place(open);
            if !steps.is_empty() {
                layout.milestones.push((role_of(&group[0]), steps));
            }
        }
        for need in needs {
            if let Some(provider) = layout.provider(need.any_of(terms.catalog)) {
                layout.serves.entry(provider).or_default().push(*need);
            }
        }
        layout
    }

    /// The taken steps that satisfy a requirement; `None` where a known one does.
    fn ways(&self, any_of: &[StepId]) -> Option<Vec<StepId>> {
        Some(self.terms.offer(any_of)?.into_iter().filter(|step| self.taken.contains(step)).collect())
    }

    /// Places what these requirements need and is not placed yet in the next milestone; returns it, ascending.
    ///
    /// Requirements with one way are followed first; of several ways one that is placed by then is used, or else the first.
    fn place(&mut self, open: Vec<Vec<StepId>>) -> Vec<StepId> {
        let milestone = self.milestones.len();
        let (mut certain, mut undecided) = (open, Vec::new());
        let mut steps = Vec::new();
        loop {
            while let Some(ways) = certain.pop() {
                match ways[..] {
                    [] => {}
                    [only] if self.placed.contains_key(&only) => {}
                    [only] => {
                        self.placed.insert(only, milestone);
                        steps.push(only);
                        let requires = self.terms.catalog.requires(only);
                        certain
                            .extend(requires.filter_map(|entry| self.ways(self.terms.catalog.any_of(entry))));
                    }
                    _ => undecided.push(ways),
                }
            }
            undecided.retain(|ways: &Vec<StepId>| !ways.iter().any(|way| self.placed.contains_key(way)));
            undecided.sort_unstable();
            undecided.reverse();
            let Some(ways) = undecided.pop() else { break };
            certain.push(vec![ways[0]]);
        }
        steps.sort_unstable();
        steps
    }

    /// The step that meets a requirement: of those on the roadmap the one in the earliest milestone; `None` where a known one does.
    fn provider(&self, any_of: &[StepId]) -> Option<StepId> {
        let on_roadmap =
            self.ways(any_of)?.into_iter().filter_map(|way| Some((*self.placed.get(&way)?, way)));
        on_roadmap.min().map(|(_, way)| way)
    }

    fn into_roadmap(
        mut self,
        request: &Request,
        known: &Known,
        lower: Hours,
        early: &HashSet<StepId>,
    ) -> Roadmap {
        let catalog = self.terms.catalog;
        let order: Vec<(usize, StepId)> = (0..self.milestones.len())
            .flat_map(|milestone| {
                self.ordered(milestone, early).into_iter().map(move |step| (milestone, step))
            })
            .collect();
        let position: HashMap<StepId, usize> =
            order.iter().enumerate().map(|(i, &(_, step))| (step, i)).collect();
        let calendar = Calendar::new(&request.pace);
        let mut elapsed = Hours::ZERO;
        let mut steps: Vec<PlannedStep> = Vec::with_capacity(order.len());
        for &(milestone, step) in &order {
            let begins = calendar.begins(elapsed);
            elapsed += catalog.steps()[step].hours;
            let serves = self.serves.remove(&step).unwrap_or_default();
            steps.push(PlannedStep {
                step,
                milestone,
                weight: serves.iter().map(|need| need.weight(catalog)).sum(),
                serves,
                starts_on: begins,
                finishes_on: calendar.ends(elapsed),
                needs: self.needs_of(step).iter().map(|needed| position[needed]).collect(),
                unlocks: Vec::new(),
                slack: Hours::ZERO,
                deferred: false,
            });
        }
        link_unlocks(&mut steps);
        critical::set_slack(catalog, &mut steps);
        let schedule = deadline::schedule(catalog, request, &calendar, elapsed, &mut steps);
        Roadmap {
            milestones: milestones(catalog, &self.milestones, &steps),
            weighted_completion: weighted_completion(catalog, &steps),
            schedule,
            assumed: known.assumed.clone(),
            known: known.steps.clone(),
            hours: elapsed,
            lower_bound: lower.min(elapsed),
            steps,
            request: request.clone(),
        }
    }

    /// The steps on the roadmap that a step needs, ascending, each once.
    fn needs_of(&self, step: StepId) -> Vec<StepId> {
        let requires = self.terms.catalog.requires(step);
        let mut needed: Vec<_> =
            requires.filter_map(|entry| self.provider(self.terms.catalog.any_of(entry))).collect();
        needed.sort_unstable();
        needed.dedup();
        needed
    }

    /// The steps of a milestone: those that are to be early and need no other, then the rest.
    fn ordered(&self, milestone: usize, early: &HashSet<StepId>) -> Vec<StepId> {
        let steps = &self.milestones[milestone].1;
        let mut first: HashSet<StepId> = steps.iter().copied().filter(|step| early.contains(step)).collect();
        let waits = |step: &StepId, first: &HashSet<StepId>| {
            self.needs_of(*step).iter().any(|needed| steps.contains(needed) && !first.contains(needed))
        };
        while let Some(step) = steps.iter().find(|step| first.contains(step) && waits(step, &first)) {
            first.remove(step);
        }
        let (first, rest): (Vec<StepId>, Vec<StepId>) = steps.iter().partition(|step| first.contains(step));
        [first, rest].iter().flat_map(|part| self.by_weight(part)).collect()
    }

    /// Steps in an order that brings weight early.
    fn by_weight(&self, steps: &[StepId]) -> Vec<StepId> {
        let catalog = self.terms.catalog;
        let number = |step: &StepId| steps.binary_search(step).ok().and_then(|i| u32::try_from(i).ok());
        let weight = |step: &StepId| {
            self.serves
                .get(step)
                .map_or(0, |needs| needs.iter().map(|need| u64::from(need.weight(catalog))).sum())
        };
        let jobs = Jobs {
            length: steps.iter().map(|&step| catalog.steps()[step].hours.millionths()).collect(),
            weight: steps.iter().map(weight).collect(),
            before: steps
                .iter()
                .map(|&step| self.needs_of(step).iter().filter_map(number).collect())
                .collect(),
        };
        jobs.order().into_iter().map(|i| steps[i]).collect()
    }
}

fn role_of(need: &Need) -> Option<RoleId> {
    match need {
        Need::Role(role, _) => Some(*role),
        Need::Goal(_) => None,
    }
}

fn link_unlocks(steps: &mut [PlannedStep]) {
    for position in 0..steps.len() {
        steps[position].needs.sort_unstable();
        for needed in steps[position].needs.clone() {
            steps[needed].unlocks.push(position);
        }
    }
}

fn milestones(
    catalog: &Catalog,
    groups: &[(Option<RoleId>, Vec<StepId>)],
    steps: &[PlannedStep],
) -> Vec<Milestone> {
    let mut start = 0;
    let milestone = |(role, members): &(Option<RoleId>, Vec<StepId>)| {
        let range = start..start + members.len();
        start = range.end;
        Milestone {
            role: *role,
            hours: members.iter().map(|&step| catalog.steps()[step].hours).sum(),
            starts_on: steps[range.start].starts_on,
            arrives_on: steps[range.end - 1].finishes_on,
            steps: range,
        }
    };
    groups.iter().map(milestone).collect()
}

fn weighted_completion(catalog: &Catalog, steps: &[PlannedStep]) -> u128 {
    let mut elapsed = 0u128;
    steps.iter().fold(0, |sum, planned| {
        elapsed += u128::from(catalog.steps()[planned.step].hours.millionths());
        sum + u128::from(planned.weight) * elapsed
    })
}
