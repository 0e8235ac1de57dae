//! The roadmap, and the way to it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::catalog::Catalog;
use crate::closure::{Avoidance, Compiled, Need, StepSet, Terms};
use crate::conflict::{self, NoRoadmap};
use crate::ids::{RoleId, StepId, TopicId};
use crate::known::Known;
use crate::layout::Layout;
use crate::meter::Meter;
use crate::request::Request;
use crate::units::{Day, Hours};

/// A personal way through the catalogue: see `plan`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roadmap {
    /// The request that it answers, in its normal form.
    pub request: Request,
    /// The steps that the learner is taken to know without having named them: by virtue of `from`, or because a known step requires them.
    /// Ascending.
    pub assumed: Vec<StepId>,
    /// The steps to learn, in order: where not all fit by the last day, those that do come first.
    pub steps: Vec<PlannedStep>,
    /// The milestones, in order. The steps of each are consecutive among those that are kept, and among those that are deferred.
    pub milestones: Vec<Milestone>,
    /// The sum of the steps' hours.
    pub hours: Hours,
    /// No set of steps that reaches the target has fewer hours.
    pub lower_bound: Hours,
    /// Σ over the steps of value × hours of all steps up to and with it, in millionths of an hour times millionths of an hour. Saturates.
    pub weighted_completion: u128,
    /// When it ends, and what fits.
    pub schedule: Schedule,
    pub(crate) known: StepSet,
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
    /// The weight times its hours.
    pub value: Hours,
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
    /// The positions of its steps, ascending.
    pub steps: Vec<usize>,
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
    /// The least hours a week with which all of it fits; `None` without a last day, with no working day until then, or where no week has so many
    /// hours for learning.
    pub needed_hours_per_week: Option<Hours>,
    /// The value of the steps that are not deferred.
    pub kept_value: Hours,
    /// No closed set that fits has a larger value.
    pub upper_bound_value: Hours,
}

impl Schedule {
    /// Whether no closed set that fits has a larger value than what is kept.
    pub fn is_proven_largest(&self) -> bool {
        self.kept_value == self.upper_bound_value
    }
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

    /// Whether the learner knows a step: given or assumed.
    pub fn knows(&self, step: StepId) -> bool {
        self.known.contains(&step)
    }

    /// About how much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        let of_step = |planned: &PlannedStep| {
            size_of_val(planned)
                + size_of_val(planned.serves.as_slice())
                + size_of_val(planned.needs.as_slice())
                + size_of_val(planned.unlocks.as_slice())
        };
        size_of::<Self>()
            + self.request.bytes()
            + self.steps.iter().map(of_step).sum::<usize>()
            + size_of_val(self.milestones.as_slice())
            + self.steps.len() * size_of::<usize>()
            + size_of_val(self.assumed.as_slice())
            // A set keeps up to half of its places free.
            + 2 * self.known.len() * size_of::<StepId>()
    }

    /// The topics that the learner knows or is going to learn, at any level.
    pub fn topics(&self, catalog: &Catalog) -> FxHashSet<TopicId> {
        let planned = self.steps.iter().map(|planned| planned.step);
        self.known.iter().copied().chain(planned).map(|step| catalog.steps()[step].topic).collect()
    }

    pub(crate) fn terms<'a>(&'a self, catalog: &'a Catalog) -> Terms<'a> {
        terms(catalog, &self.known, &self.request)
    }

    /// For each step of the roadmap its position.
    pub fn positions(&self) -> FxHashMap<StepId, usize> {
        self.steps.iter().enumerate().map(|(position, planned)| (planned.step, position)).collect()
    }
}

/// The roadmap for a request: what the learner knows, the steps with the least hours that reach the target, in an order that brings
/// value early, on the calendar.
///
/// Equal requests give equal roadmaps, in whatever order their lists are written.
///
/// # Errors
/// The requirement that can't be met, why, and which of the learner's wishes rule it out.
pub fn plan(catalog: &Catalog, request: Request) -> Result<Roadmap, NoRoadmap> {
    plan_metered(catalog, request, &Meter::default())
}

/// As [`plan`], and counts the effort that it takes.
///
/// # Errors
/// As [`plan`].
pub fn plan_metered(catalog: &Catalog, request: Request, meter: &Meter) -> Result<Roadmap, NoRoadmap> {
    let request = request.normalised();
    let known = Known::of(catalog, &request, meter);
    let needs = request.needs(catalog);
    let terms = terms(catalog, &known.steps, &request);
    let compiled = Compiled::new(&needs, &terms).map_err(|unreachable| {
        conflict::explain(catalog, &request, &known.steps, &needs, unreachable, meter)
    })?;
    let least = meter.search(request.effort.0, |fuel| compiled.least(fuel));
    let layout = Layout::new(catalog, &needs, least.steps, &terms);
    Ok(layout.into_roadmap(request, known, least.lower, meter))
}

fn terms<'a>(catalog: &'a Catalog, known: &'a StepSet, request: &'a Request) -> Terms<'a> {
    Terms { catalog, known, prefer: &request.prefer, avoid: &request.avoid, avoidance: Avoidance::Never }
}
