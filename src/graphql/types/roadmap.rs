//! `Roadmap` and `Milestone`.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use async_graphql::{ID, Result};
use tokio::sync::OnceCell;
use waymark_planner::ids::{CoverageId, StepId};
use waymark_planner::measures::{self, Measures};
use waymark_planner::resources::ResourcePlan as Plan;
use waymark_planner::{self as planner, ResourceWishes};

use super::{
    Choice, Proficiency, ResourcePlan, RoadmapFormat, RoadmapStep, Role, Schedule, Step, WeekStep, count,
};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::error::ApiError;
use crate::graphql::plain::{Needs, Prepare, plain_object};
use crate::graphql::price::{SEARCH, cost};
use crate::graphql::roadmap_id;
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::learning::Name;
use crate::render::{Format, Sheet, render};
use crate::service::{Lost, Planned, Unplanned};

/// A computed roadmap with what is computed from it when it is asked for; shared by everything that hangs on it.
#[derive(Clone)]
pub struct Roadmap(Arc<Inner>);

struct Inner {
    scope: Scope,
    plan: Planned,
    wishes: ResourceWishes,
    id: OnceLock<ID>,
    /// They depend on the wishes, so the plan, which others share, does not have them.
    resources: OnceCell<Chosen>,
}

/// The resources of a roadmap.
struct Chosen {
    plan: Arc<Plan>,
    of_step: HashMap<StepId, CoverageId>,
    exercises: HashMap<StepId, CoverageId>,
}

/// What fields may have to wait for, each computed once for all that ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// One resource for each step.
    Resources,
    /// What other alternatives would cost.
    Choices,
    /// What else could have been assumed.
    Assumptions,
    /// Which steps every least-hours plan has.
    Necessary,
    /// How much hangs on each step.
    Measures,
}

impl Need {
    const ALL: [Self; 5] =
        [Self::Resources, Self::Choices, Self::Assumptions, Self::Necessary, Self::Measures];
}

impl Roadmap {
    /// The catalogue is read from the snapshot that the plan belongs to.
    pub(crate) fn new(scope: &Scope, plan: Planned, wishes: ResourceWishes) -> Self {
        let scope = scope.on(plan.snapshot());
        Self(Arc::new(Inner { scope, plan, wishes, id: OnceLock::new(), resources: OnceCell::new() }))
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.0.scope
    }

    pub(crate) fn plan(&self) -> &planner::Roadmap {
        self.0.plan.roadmap()
    }

    /// Its global id.
    pub(crate) fn global_id(&self) -> &ID {
        let make = || roadmap_id::encode(self.scope().catalog(), &self.plan().request, &self.0.wishes);
        self.0.id.get_or_init(make)
    }

    /// Waits until something is computed.
    pub(crate) async fn after(&self, need: Need) -> Result<(), ApiError> {
        let Inner { scope, plan, wishes, resources, .. } = &*self.0;
        let planner = scope.planner();
        match need {
            Need::Resources => {
                let choose =
                    async || Ok::<_, Unplanned>(Chosen::new(scope, planner.resources(plan, wishes).await?));
                resources.get_or_try_init(choose).await?;
            }
            Need::Choices => {
                planner.choices(plan).await?;
            }
            Need::Assumptions => {
                planner.assumed_choices(plan).await?;
            }
            Need::Necessary => {
                planner.necessary(plan).await?;
            }
            Need::Measures => {
                planner.measures(plan).await?;
            }
        }
        Ok(())
    }

    /// The resources chosen for it; an error before [`Need::Resources`].
    pub(crate) fn resource_plan(&self) -> Result<&Arc<Plan>, ApiError> {
        computed(self.0.resources.get()).map(|chosen| &chosen.plan)
    }

    /// The resource picked for a step; an error before [`Need::Resources`].
    pub(crate) fn picked(&self, step: StepId) -> Result<Option<CoverageId>, ApiError> {
        computed(self.0.resources.get()).map(|chosen| chosen.of_step.get(&step).copied())
    }

    /// The exercise or project picked for a step; an error before [`Need::Resources`].
    pub(crate) fn exercise(&self, step: StepId) -> Result<Option<CoverageId>, ApiError> {
        computed(self.0.resources.get()).map(|chosen| chosen.exercises.get(&step).copied())
    }

    /// What was decided between alternatives; an error before [`Need::Choices`].
    pub(crate) fn decided(&self) -> Result<&[planner::Choice], ApiError> {
        computed(self.0.plan.computed_choices())
    }

    /// What was assumed between alternatives; an error before [`Need::Assumptions`].
    pub(crate) fn assumed_between(&self) -> Result<&[planner::Choice], ApiError> {
        computed(self.0.plan.computed_assumed_choices())
    }

    /// For each step whether every least-hours plan has it; an error before [`Need::Necessary`].
    pub(crate) fn necessary(&self) -> Result<&[bool], ApiError> {
        computed(self.0.plan.computed_necessary())
    }

    /// For each step its measures on the roadmap; an error before [`Need::Measures`].
    pub(crate) fn measures(&self) -> Result<&[Measures], ApiError> {
        computed(self.0.plan.computed_measures())
    }

    /// The roadmap in a format.
    pub(crate) async fn rendered(&self, format: Format) -> Result<String, ApiError> {
        self.after(Need::Resources).await?;
        if format.tells_choices() {
            self.after(Need::Choices).await?;
            self.after(Need::Assumptions).await?;
        }
        let roadmap = self.clone();
        let write = move || roadmap.sheet().map(|sheet| render(format, &sheet));
        self.scope().planner().written(write).await?
    }

    /// All that there is to render; without choices where they have not been computed.
    pub(crate) fn sheet(&self) -> Result<Sheet<'_>, ApiError> {
        Ok(Sheet {
            catalog: self.scope().catalog(),
            roadmap: self.plan(),
            resources: self.resource_plan()?,
            choices: self.decided().unwrap_or_default(),
            assumed_choices: self.assumed_between().unwrap_or_default(),
            today: self.scope().today(),
        })
    }
}

plain_object! {
/// A personal way from what one knows to where one wants to be: the steps with the least hours, those that matter early first, dated
/// and with resources.
impl Roadmap {
    /// The opaque global id, for `node` and `nodes`. It is made of the question, with the first day that it had: the same question has the same
    /// one.
    pub(crate) fn id(&self) -> ID {
        self.global_id().clone()
    }

    /// The role that the learner holds.
    fn from(&self) -> Option<Role> {
        self.plan().request.from.map(|role| Role::new(self.scope(), role))
    }

    /// The target role.
    fn to(&self) -> Option<Role> {
        self.plan().request.to.map(|role| Role::new(self.scope(), role))
    }

    /// The roles on the way that leave something to learn, in ladder order, and last the learner's own goals.
    fn milestones(&self) -> Vec<Milestone> {
        (0..self.plan().milestones.len()).map(|index| Milestone::new(self, index)).collect()
    }

    /// The steps to learn, in order: what fits by the learner's last day first.
    fn steps(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<String>,
    ) -> Result<Connection<RoadmapStep>> {
        let positions: Vec<usize> = (0..self.plan().steps.len()).collect();
        let key = |position: usize| self.scope().catalog().step_name(self.plan().steps[position].step);
        let page = Page { first, after, last, before };
        Ok(page.of(&positions, key, |position| RoadmapStep::new(self, position))?)
    }

    /// The step of a topic and level, by their current names or former ones; null where the roadmap does not have it.
    fn step(
        &self,
        #[graphql(desc = "The topic's slug. At most 100 characters.")] topic: String,
        #[graphql(desc = "The level.")] level: Proficiency,
    ) -> Option<RoadmapStep> {
        let name = Name { topic, level: level.into() };
        let step = name.wanted(self.scope().catalog()).step(self.scope().catalog())?;
        let position = self.plan().steps.iter().position(|planned| planned.step == step)?;
        Some(RoadmapStep::new(self, position))
    }

    /// The steps that the learner is taken to know without having named them, by topic and level: what `from` asks for, and what a known
    /// step requires. Name in `gaps` what is not so.
    fn assumed(&self) -> Vec<Step> {
        self.plan().assumed.iter().map(|&step| Step::new(self.scope(), step)).collect()
    }

    /// The learning time of all steps, in hours.
    fn hours(&self) -> f64 {
        self.plan().hours.as_f64()
    }

    /// No set of steps that reaches the target takes fewer hours than this.
    fn lower_bound_hours(&self) -> f64 {
        self.plan().lower_bound.as_f64()
    }

    /// Whether it is proven that no other set of steps takes fewer hours.
    fn proven_minimal(&self) -> bool {
        self.plan().is_proven_minimal()
    }

    /// The sum over the steps of value × hours of all steps up to and with it: the smaller, the earlier comes what matters.
    fn weighted_completion(&self) -> f64 {
        square_millionths(self.plan().weighted_completion)
    }

    /// When it ends, and what fits by the learner's last day.
    fn schedule(&self) -> Schedule {
        Schedule::new(self)
    }

    /// What to do in the seven days from a day on, in order.
    fn week(
        &self,
        #[graphql(desc = "The first of the days; today (UTC) if not given.")] of: Option<Date>,
    ) -> Vec<WeekStep> {
        let first = of.unwrap_or(Date(self.scope().today()));
        let week = self.plan().week(self.scope().catalog(), first.to_day());
        week.iter().map(|step| WeekStep::new(self, step)).collect()
    }

    /// The revision of the catalogue that it was computed from.
    fn catalog_revision(&self) -> i32 {
        self.scope().snapshot().revision
    }
}
after {
    /// For each requirement with alternatives what was taken, and what the others would cost.
    #[graphql(directive = cost::apply(SEARCH, None))]
    [Choices] fn choices(&self) -> Result<Vec<Choice>> {
        Ok(self.decided()?.iter().map(|choice| Choice::new(self.scope(), choice.clone())).collect())
    }

    /// Assumptions that had alternatives, those first that the most hours hang on: what to ask the learner. For each requirement what was
    /// assumed to meet it, and how many hours more would be assumed with each alternative.
    #[graphql(directive = cost::apply(SEARCH, None))]
    [Assumptions] fn assumed_choices(&self) -> Result<Vec<Choice>> {
        let choices = self.assumed_between()?.iter();
        Ok(choices.map(|choice| Choice::new(self.scope(), choice.clone())).collect())
    }

    /// The structural complexity of Curricular Analytics (Heileman and others, 2018): the sum over the steps of how many others need each,
    /// directly or through others, and of how many steps the longest path through it has. Roadmaps of as many steps with a smaller one
    /// leave more freedom in what to learn when, and less to wait for.
    [Measures] fn complexity(&self) -> Result<i32> {
        Ok(count(measures::complexity(self.measures()?)))
    }

    /// The number of steps on the longest path of requirements: with no hours to count, the fewest stages in which it could be learned.
    [Measures] fn longest_path(&self) -> Result<i32> {
        Ok(count(measures::longest_path(self.measures()?)))
    }

    /// One resource to learn from for each step, chosen for the roadmap as a whole.
    #[graphql(directive = cost::apply(SEARCH, None))]
    [Resources] fn resources(&self) -> Result<ResourcePlan> {
        Ok(ResourcePlan::new(self.scope(), self.resource_plan()?.clone()))
    }
}
waits {
    /// The roadmap as a text to take away: a document, a drawing, a calendar, data.
    #[graphql(directive = cost::apply(SEARCH, None))]
    async fn export(
        &self,
        #[graphql(desc = "The form of the text.")] format: RoadmapFormat,
    ) -> Result<String> {
        Ok(self.rendered(format.into()).await?)
    }
}
}

impl Prepare for Roadmap {
    async fn prepare(&self, needs: Needs) -> Option<()> {
        for need in Need::ALL.into_iter().filter(|need| needs.has(*need as u32)) {
            self.after(need).await.ok()?;
        }
        Some(())
    }
}

impl Chosen {
    fn new(scope: &Scope, plan: Arc<Plan>) -> Self {
        let with_step = |&coverage: &CoverageId| (scope.catalog().coverages()[coverage].step, coverage);
        let of_step = plan.picks.iter().flat_map(|(_, coverages)| coverages).map(with_step).collect();
        let exercises = plan.exercises.iter().map(with_step).collect();
        Self { plan, of_step, exercises }
    }
}

/// Fields wait before they are read, so what is not there is a fault of ours.
fn computed<T>(value: Option<T>) -> Result<T, ApiError> {
    value.ok_or_else(|| Lost::Fault.into())
}

#[allow(clippy::cast_precision_loss)] // shown, not computed with
fn square_millionths(value: u128) -> f64 {
    value as f64 / 1e12
}

/// A milestone of a roadmap.
#[derive(Clone)]
pub struct Milestone {
    roadmap: Roadmap,
    index: usize,
}

impl Milestone {
    pub(crate) fn new(roadmap: &Roadmap, index: usize) -> Self {
        Self { roadmap: roadmap.clone(), index }
    }

    fn get(&self) -> &planner::Milestone {
        &self.roadmap.plan().milestones[self.index]
    }
}

plain_object! {
/// A group of steps with one purpose. Milestones follow each other, but for steps that are left for later.
impl Milestone {
    /// The role's title, or "Your goals".
    fn title(&self) -> &str {
        let roles = self.roadmap.scope().catalog().roles();
        self.get().role.map_or("Your goals", |role| &roles[role].title)
    }

    /// The role that it reaches; null for the learner's own goals.
    fn role(&self) -> Option<Role> {
        self.get().role.map(|role| Role::new(self.roadmap.scope(), role))
    }

    /// Its steps, in order: those that are left for later last.
    fn steps(&self) -> Vec<RoadmapStep> {
        self.get().steps.iter().map(|&position| RoadmapStep::new(&self.roadmap, position)).collect()
    }

    /// The learning time of its steps, in hours.
    fn hours(&self) -> f64 {
        self.get().hours.as_f64()
    }

    /// The day in which its first step begins.
    fn starts_on(&self) -> Date {
        self.get().starts_on.into()
    }

    /// The day in which its last step ends, be it one that is left for later.
    fn arrives_on(&self) -> Date {
        self.get().arrives_on.into()
    }

    /// Its place on the roadmap, from 1.
    fn position(&self) -> i32 {
        count(self.index + 1)
    }
}
}
