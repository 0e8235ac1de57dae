//! `Roadmap` and `Milestone`.

use std::sync::Arc;

use async_graphql::{Object, Result};
use tokio::sync::OnceCell;
use waymark_planner::measures::{self, Measures};
use waymark_planner::resources::ResourcePlan as Plan;
use waymark_planner::{self as planner, ResourceWishes};

use super::{Choice, ResourcePlan, RoadmapFormat, RoadmapStep, Role, Schedule, Step, count};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::error::ApiError;
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::render::{Format, Sheet, render};
use crate::service::{Planned, blocking};

/// A computed roadmap with what is computed from it when it is asked for; shared by everything that hangs on it.
#[derive(Clone)]
pub struct Roadmap(Arc<Inner>);

struct Inner {
    scope: Scope,
    plan: Arc<Planned>,
    wishes: ResourceWishes,
    resources: OnceCell<Arc<Plan>>,
}

impl Roadmap {
    pub(crate) fn new(scope: &Scope, plan: Arc<Planned>, wishes: ResourceWishes) -> Self {
        Self(Arc::new(Inner { scope: scope.clone(), plan, wishes, resources: OnceCell::new() }))
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.0.scope
    }

    pub(crate) fn plan(&self) -> &planner::Roadmap {
        self.0.plan.roadmap()
    }

    /// The resources chosen for it.
    pub(crate) async fn resource_plan(&self) -> Result<Arc<Plan>, ApiError> {
        let Inner { scope, plan, wishes, resources } = &*self.0;
        // Asked for with every step: not worth a look into the cache each time.
        let plan = resources.get_or_try_init(|| scope.plans().resources(scope.snapshot(), plan, wishes));
        Ok(plan.await?.clone())
    }

    /// For each step whether every least-hours plan has it.
    pub(crate) async fn necessary(&self) -> Result<Arc<Vec<bool>>, ApiError> {
        Ok(self.0.plan.necessary(self.0.scope.snapshot()).await?)
    }

    /// For each step its measures on the roadmap.
    pub(crate) async fn measures(&self) -> Result<Arc<Vec<Measures>>, ApiError> {
        Ok(self.0.plan.measures().await?)
    }

    /// What was decided between alternatives.
    pub(crate) async fn decided(&self) -> Result<Arc<Vec<planner::Choice>>, ApiError> {
        Ok(self.0.plan.choices(self.0.scope.snapshot()).await?)
    }

    /// The roadmap in a format.
    pub(crate) async fn rendered(&self, format: Format) -> Result<String, ApiError> {
        let resources = self.resource_plan().await?;
        let choices = if format.tells_choices() { self.decided().await? } else { Arc::default() };
        let roadmap = self.clone();
        let text = blocking(move || {
            let sheet = Sheet {
                catalog: roadmap.scope().catalog(),
                roadmap: roadmap.plan(),
                resources: &resources,
                choices: &choices,
                today: roadmap.scope().today(),
            };
            render(format, &sheet)
        });
        Ok(text.await?)
    }
}

/// A personal way from what one knows to where one wants to be: the steps with the least hours, those that matter early first, dated
/// and with resources.
#[Object]
impl Roadmap {
    /// The role that the learner holds.
    async fn from(&self) -> Option<Role> {
        self.plan().request.from.map(|role| Role::new(self.scope(), role))
    }

    /// The target role.
    async fn to(&self) -> Option<Role> {
        self.plan().request.to.map(|role| Role::new(self.scope(), role))
    }

    /// The roles on the way that leave something to learn, in ladder order, and last the learner's own goals.
    async fn milestones(&self) -> Vec<Milestone> {
        (0..self.plan().milestones.len()).map(|index| Milestone::new(self, index)).collect()
    }

    /// The steps to learn, in order.
    async fn steps(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Result<Connection<RoadmapStep>> {
        let positions: Vec<usize> = (0..self.plan().steps.len()).collect();
        let key = |position: usize| self.scope().catalog().step_name(self.plan().steps[position].step);
        let page = Page { first, after, last, before };
        Ok(page.of(&positions, key, |position| RoadmapStep::new(self, position))?)
    }

    /// The steps that the learner is taken to know because of `from`, by topic and level. Name in `gaps` what is not so.
    async fn assumed(&self) -> Vec<Step> {
        self.plan().assumed.iter().map(|&step| Step::new(self.scope(), step)).collect()
    }

    /// For each requirement with alternatives what was taken, and what the others would cost.
    async fn choices(&self) -> Result<Vec<Choice>> {
        let decided = self.decided().await?;
        Ok(decided.iter().map(|choice| Choice::new(self.scope(), choice.clone())).collect())
    }

    /// The learning time of all steps, in hours.
    async fn hours(&self) -> f64 {
        self.plan().hours.as_f64()
    }

    /// No set of steps that reaches the target takes fewer hours than this.
    async fn lower_bound_hours(&self) -> f64 {
        self.plan().lower_bound.as_f64()
    }

    /// Whether it is proven that no other set of steps takes fewer hours.
    async fn proven_minimal(&self) -> bool {
        self.plan().is_proven_minimal()
    }

    /// The sum over the steps of weight × hours of all steps up to and with it: the smaller, the earlier comes what matters.
    async fn weighted_completion(&self) -> f64 {
        millionths(self.plan().weighted_completion)
    }

    /// The structural complexity of Curricular Analytics (Heileman and others, 2018): the sum over the steps of how many others need each,
    /// directly or through others, and of how many steps the longest path through it has. Roadmaps of as many steps with a smaller one
    /// leave more freedom in what to learn when, and less to wait for.
    async fn complexity(&self) -> Result<i32> {
        Ok(count(measures::complexity(self.measures().await?.iter())))
    }

    /// The number of steps on the longest path of requirements: with no hours to count, the fewest stages in which it could be learned.
    async fn longest_path(&self) -> Result<i32> {
        Ok(count(measures::longest_path(self.measures().await?.iter())))
    }

    /// When it ends, and what fits by the learner's last day.
    async fn schedule(&self) -> Schedule {
        Schedule::new(self)
    }

    /// One resource for each step, chosen for the roadmap as a whole.
    async fn resources(&self) -> Result<ResourcePlan> {
        Ok(ResourcePlan::new(self.scope(), self.resource_plan().await?))
    }

    /// The roadmap as a text to take away: a document, a drawing, a calendar, data.
    async fn export(
        &self,
        #[graphql(desc = "The form of the text.")] format: RoadmapFormat,
    ) -> Result<String> {
        Ok(self.rendered(format.into()).await?)
    }

    /// The revision of the catalogue that it was computed from.
    async fn catalog_revision(&self) -> i32 {
        self.scope().snapshot().revision
    }
}

#[allow(clippy::cast_precision_loss)] // shown, not computed with
fn millionths(value: u128) -> f64 {
    value as f64 / 1e6
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

/// A group of steps with one purpose. Milestones follow each other.
#[Object]
impl Milestone {
    /// The role's title, or "Your goals".
    async fn title(&self) -> &str {
        let roles = self.roadmap.scope().catalog().roles();
        self.get().role.map_or("Your goals", |role| &roles[role].title)
    }

    /// The role that it reaches; null for the learner's own goals.
    async fn role(&self) -> Option<Role> {
        self.get().role.map(|role| Role::new(self.roadmap.scope(), role))
    }

    /// Its steps, in order.
    async fn steps(&self) -> Vec<RoadmapStep> {
        self.get().steps.clone().map(|position| RoadmapStep::new(&self.roadmap, position)).collect()
    }

    /// The learning time of its steps, in hours.
    async fn hours(&self) -> f64 {
        self.get().hours.as_f64()
    }

    /// The day in which its first step begins.
    async fn starts_on(&self) -> Date {
        self.get().starts_on.into()
    }

    /// The day in which its last step ends.
    async fn arrives_on(&self) -> Date {
        self.get().arrives_on.into()
    }

    /// Its place on the roadmap, from 1.
    async fn position(&self) -> i32 {
        count(self.index + 1)
    }
}
