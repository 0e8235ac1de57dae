//! `Skill` and `ResourceRating`.

use async_graphql::{Enum, Object, SimpleObject};
use chrono::{DateTime, Utc};
use waymark_entity::skill;

use super::{Proficiency, Step};
use crate::graphql::scope::Scope;
use crate::learning::Name;

/// How it is known that somebody knows something.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkillSource {
    /// The learner said so.
    Said,
    /// The learner completed the step on a roadmap.
    Completed,
    /// It came from elsewhere, such as a file of another program's.
    Imported,
}

impl SkillSource {
    /// The name, as the database has it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Said => "SAID",
            Self::Completed => "COMPLETED",
            Self::Imported => "IMPORTED",
        }
    }

    fn of(name: &str) -> Self {
        match name {
            "COMPLETED" => Self::Completed,
            "IMPORTED" => Self::Imported,
            _ => Self::Said,
        }
    }
}

/// A skill, in the scope of a request.
#[derive(Clone)]
pub struct Skill {
    scope: Scope,
    name: Name,
    source: SkillSource,
    recorded_at: DateTime<Utc>,
}

impl Skill {
    /// `None` where the level is none.
    pub(crate) fn new(scope: &Scope, row: &skill::Model) -> Option<Self> {
        let name = Name::from_columns(&row.topic, &row.level)?;
        let source = SkillSource::of(&row.source);
        Some(Self { scope: scope.clone(), name, source, recorded_at: row.recorded_at })
    }

    /// What is held.
    pub(crate) fn name(&self) -> &Name {
        &self.name
    }

    /// Its key in connections.
    pub(crate) fn key(&self) -> String {
        self.name.to_string()
    }
}

/// A level of a topic that a learner holds.
#[Object]
impl Skill {
    /// The slug of the topic.
    async fn topic(&self) -> &str {
        &self.name.topic
    }

    /// The level: the recorded one, or the highest below it that the topic defines by now.
    async fn level(&self) -> Proficiency {
        self.name.level.into()
    }

    /// The step; null where the catalogue does not have it any more. The skill is kept for when it does again.
    async fn step(&self) -> Option<Step> {
        self.name.defined(self.scope.catalog()).map(|step| Step::new(&self.scope, step))
    }

    /// How it is known.
    async fn source(&self) -> SkillSource {
        self.source
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.recorded_at
    }
}

/// What learners think of a resource.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct ResourceRating {
    /// The mean of their stars, from 1 to 5; null where nobody has given any.
    average: Option<f64>,
    /// How many have given stars.
    count: i32,
}

impl ResourceRating {
    /// From the sum of the stars and how many gave some.
    #[allow(clippy::cast_precision_loss)] // some people's stars
    pub(crate) fn new(sum: i64, count: i64) -> Self {
        let average = (count > 0).then(|| (100.0 * sum as f64 / count as f64).round() / 100.0);
        Self { average, count: super::count(count) }
    }
}
