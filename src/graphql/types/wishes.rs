//! `RoadmapWishes`: a `RoadmapInput` that was kept, read again.

use async_graphql::{Object, SimpleObject};

use super::{ResourceKind, Role, Step, Topic};
use crate::graphql::inputs::{ResourcePreferences, RoadmapInput, StepInput};
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::learning::{self, Name, Wishes};

/// Kept wishes, in the scope of a request.
pub struct RoadmapWishes {
    scope: Scope,
    wishes: Wishes,
}

impl RoadmapWishes {
    pub(crate) fn new(scope: &Scope, wishes: Wishes) -> Self {
        Self { scope: scope.clone(), wishes }
    }

    fn steps(&self, names: &[Name]) -> Vec<Step> {
        let found = names.iter().filter_map(|name| name.step(self.scope.catalog()));
        found.map(|step| Step::new(&self.scope, step)).collect()
    }

    fn topics(&self, slugs: &[String]) -> Vec<Topic> {
        let found = slugs.iter().filter_map(|slug| self.scope.catalog().topic(slug));
        found.map(|topic| Topic::new(&self.scope, topic)).collect()
    }

    fn role(&self, slug: Option<&str>) -> Option<Role> {
        Some(Role::new(&self.scope, self.scope.catalog().role(slug?)?))
    }
}

/// What a learner asked for: a `RoadmapInput` as it was kept. What the catalogue does not have any more is left out.
#[Object]
impl RoadmapWishes {
    /// The role that the learner holds.
    async fn from(&self) -> Option<Role> {
        self.role(self.wishes.from.as_deref())
    }

    /// The target role.
    async fn to(&self) -> Option<Role> {
        self.role(self.wishes.to.as_deref())
    }

    /// Steps wanted beyond the target role.
    async fn goals(&self) -> Vec<Step> {
        self.steps(&self.wishes.goals)
    }

    /// Steps that the learner named as held, beside what is recorded.
    async fn skills(&self) -> Vec<Step> {
        let held = self.wishes.skills.iter().filter_map(|name| name.defined(self.scope.catalog()));
        held.map(|step| Step::new(&self.scope, step)).collect()
    }

    /// Steps that `from` implies and the learner did not hold. What was recorded since then is held.
    async fn gaps(&self) -> Vec<Step> {
        self.steps(&self.wishes.gaps)
    }

    /// Topics to use wherever a requirement offers them.
    async fn prefer(&self) -> Vec<Topic> {
        self.topics(&self.wishes.prefer)
    }

    /// Topics never to put on the roadmap.
    async fn avoid(&self) -> Vec<Topic> {
        self.topics(&self.wishes.avoid)
    }

    /// The hours that the learner has in a week.
    async fn hours_per_week(&self) -> f64 {
        self.wishes.hours_per_week
    }

    /// The first day, where one was named.
    async fn start_on(&self) -> Option<Date> {
        self.wishes.start_on.map(Date)
    }

    /// The last day that there is.
    async fn finish_by(&self) -> Option<Date> {
        self.wishes.finish_by.map(Date)
    }

    /// Ranges of days without learning.
    async fn pauses(&self) -> Vec<DateRange> {
        self.wishes.pauses.iter().map(|(from, to)| DateRange { from: Date(*from), to: Date(*to) }).collect()
    }

    /// What the learner wants of resources; null where nothing was said.
    async fn resources(&self) -> Option<ResourceWishes> {
        let kinds = |names: &[String]| names.iter().filter_map(|name| kind(name)).map(Into::into).collect();
        self.wishes.resources.as_ref().map(|wishes| ResourceWishes {
            languages: wishes.languages.clone(),
            free_only: wishes.free_only,
            prefer_kinds: kinds(&wishes.prefer_kinds),
            exclude_kinds: kinds(&wishes.exclude_kinds),
            budget: wishes.budget,
            hour_value: wishes.hour_value,
        })
    }
}

/// A range of days, both included.
#[derive(SimpleObject)]
pub struct DateRange {
    /// The first day.
    from: Date,
    /// The last day.
    to: Date,
}

/// What a learner wants of resources.
#[derive(SimpleObject)]
pub struct ResourceWishes {
    /// The languages that the learner reads, as BCP 47 writes them.
    languages: Vec<String>,
    /// Only what costs nothing.
    free_only: bool,
    /// Kinds that the learner learns from more easily.
    prefer_kinds: Vec<ResourceKind>,
    /// Kinds to leave out.
    exclude_kinds: Vec<ResourceKind>,
    /// The most that all of them together may cost, in US dollars.
    budget: Option<f64>,
    /// What an hour of the learner is worth, in US dollars.
    hour_value: f64,
}

/// The kind of a name.
fn kind(name: &str) -> Option<waymark_planner::units::ResourceKind> {
    name.parse().ok()
}

impl From<&RoadmapInput> for Wishes {
    fn from(input: &RoadmapInput) -> Self {
        let steps = |steps: &[StepInput]| -> Vec<Name> { steps.iter().map(Name::from).collect() };
        Self {
            from: input.from.clone(),
            to: input.to.clone(),
            goals: steps(&input.goals),
            skills: steps(&input.skills),
            gaps: steps(&input.gaps),
            prefer: input.prefer.clone(),
            avoid: input.avoid.clone(),
            hours_per_week: input.hours_per_week,
            start_on: input.start_on.map(|date| date.0),
            finish_by: input.finish_by.map(|date| date.0),
            pauses: input.pauses.iter().map(|pause| (pause.from.0, pause.to.0)).collect(),
            resources: input.resources.as_ref().map(learning::ResourceWishes::from),
        }
    }
}

impl From<&StepInput> for Name {
    fn from(step: &StepInput) -> Self {
        Self { topic: step.topic.clone(), level: step.level.into() }
    }
}

impl From<&ResourcePreferences> for learning::ResourceWishes {
    fn from(given: &ResourcePreferences) -> Self {
        let names = |kinds: &[ResourceKind]| {
            let kinds = kinds.iter().map(|&kind| waymark_planner::units::ResourceKind::from(kind));
            kinds.map(|kind| kind.name().to_owned()).collect()
        };
        Self {
            languages: given.languages.clone(),
            free_only: given.free_only,
            prefer_kinds: names(&given.prefer_kinds),
            exclude_kinds: names(&given.exclude_kinds),
            budget: given.budget,
            hour_value: given.hour_value,
        }
    }
}

impl From<&learning::ResourceWishes> for waymark_planner::ResourceWishes {
    fn from(kept: &learning::ResourceWishes) -> Self {
        let kinds = |names: &[String]| names.iter().filter_map(|name| kind(name)).collect();
        let price = |dollars: f64| waymark_planner::units::Price::from_dollars(dollars);
        Self {
            languages: kept.languages.clone(),
            free_only: kept.free_only,
            prefer_kinds: kinds(&kept.prefer_kinds),
            exclude_kinds: kinds(&kept.exclude_kinds),
            budget: kept.budget.and_then(price),
            hour_value: price(kept.hour_value).unwrap_or_default(),
        }
    }
}
