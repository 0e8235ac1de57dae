//! `RoadmapInput`, checked as a whole: everything that is wrong with it is reported together.

use std::collections::BTreeSet;

use async_graphql::InputObject;
use waymark_planner::catalog::Topic;
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::units::{self, Hours, Price};
use waymark_planner::{Catalog, MOST_HOURS_PER_WEEK, Pace, Request, ResourceWishes};

use crate::catalog::is_language;
use crate::catalog::nearest::nearest;
use crate::graphql::arguments::stated;
use crate::graphql::error::ApiError;
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::graphql::types::{Proficiency, ResourceKind};
use crate::learning::{self, Name, Wishes, holds};
use crate::text::quoted;

/// A topic at a level.
#[derive(InputObject, Clone, Debug)]
pub struct StepInput {
    /// The slug of the topic.
    #[doc = stated!(slug)]
    pub topic: String,
    /// A level that the topic defines.
    pub level: Proficiency,
}

/// A range of days, both ends included.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct DateRangeInput {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What the learner wants of resources.
#[derive(InputObject, Clone, Debug)]
pub struct ResourcePreferences {
    /// The languages that the learner reads, as BCP 47 writes them; `*` for any.
    #[doc = stated!(languages)]
    #[graphql(default_with = "vec![\"en\".to_owned()]")]
    pub languages: Vec<String>,
    /// Only what costs nothing.
    #[graphql(default)]
    pub free_only: bool,
    /// Kinds that the learner learns from more easily: their hours count a fifth less.
    #[doc = stated!(kinds)]
    #[graphql(default)]
    pub prefer_kinds: Vec<ResourceKind>,
    /// Kinds to leave out.
    #[doc = stated!(kinds)]
    #[graphql(default)]
    pub exclude_kinds: Vec<ResourceKind>,
    /// The most that all of them together may cost, in US dollars.
    pub budget: Option<f64>,
    /// What an hour of the learner is worth, in US dollars: how price is weighed against time.
    #[graphql(default = 20.0)]
    pub hour_value: f64,
}

/// Where one is, where one wants to be, and on which terms. Needs `to`, or `goals`, or both.
#[derive(InputObject, Clone, Debug)]
pub struct RoadmapInput {
    /// The slug of the role that the learner holds: what it takes is assumed to be known.
    #[doc = stated!(slug)]
    pub from: Option<String>,
    /// The slug of the target role.
    #[doc = stated!(slug)]
    pub to: Option<String>,
    /// Steps wanted beyond the target role.
    #[doc = stated!(goals)]
    #[graphql(default)]
    pub goals: Vec<StepInput>,
    /// Steps that the learner holds beyond `from`; they bring the lower levels of their topics, and what they require.
    #[doc = stated!(skills)]
    #[graphql(default)]
    pub skills: Vec<StepInput>,
    /// Steps that the learner does not hold although `from` or `skills` suggest it; the higher levels of their topics are taken back too.
    #[doc = stated!(skills)]
    #[graphql(default)]
    pub gaps: Vec<StepInput>,
    /// Slugs of topics to use wherever a requirement offers them.
    #[doc = stated!(slugs)]
    #[graphql(default)]
    pub prefer: Vec<String>,
    /// Slugs of topics never to put on the roadmap.
    #[doc = stated!(slugs)]
    #[graphql(default)]
    pub avoid: Vec<String>,
    /// The hours that the learner has in a week: above 0, at most 100.
    #[graphql(default = 6.0)]
    pub hours_per_week: f64,
    /// The first day; today (UTC) if not given.
    pub start_on: Option<Date>,
    /// The last day that there is. Where not all fits, the roadmap says what is best kept.
    pub finish_by: Option<Date>,
    /// Ranges of days without learning.
    #[doc = stated!(pauses)]
    #[graphql(default)]
    pub pauses: Vec<DateRangeInput>,
    /// What the learner wants of resources.
    pub resources: Option<ResourcePreferences>,
}

impl RoadmapInput {
    /// The planner's request and the wishes for resources. What is recorded of the learner is known beside the skills; what the catalogue does not
    /// have of it does not count.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the fields, each with the path of its argument below `argument`.
    pub(crate) fn check(
        &self,
        scope: &Scope,
        argument: &str,
        recorded: &BTreeSet<Name>,
    ) -> Result<(Request, ResourceWishes), Vec<ApiError>> {
        let input = &*self.current(scope.catalog());
        let mut checker = Checker { catalog: scope.catalog(), argument, errors: Vec::new() };
        let mut request = checker.request(input, scope);
        request.skills.extend(recorded.iter().filter_map(|name| name.defined(scope.catalog())));
        checker.recorded_gaps(input, recorded);
        let wishes = checker.wishes(input.resources.as_ref());
        if checker.errors.is_empty() { Ok((request, wishes)) } else { Err(checker.errors) }
    }
}

impl Default for RoadmapInput {
    /// Nothing wished for.
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            goals: Vec::new(),
            skills: Vec::new(),
            gaps: Vec::new(),
            prefer: Vec::new(),
            avoid: Vec::new(),
            hours_per_week: 6.0,
            start_on: None,
            finish_by: None,
            pauses: Vec::new(),
            resources: None,
        }
    }
}

impl RoadmapInput {
    /// Wishes that were kept, as though they were given again, without the topics and steps that the catalogue does not have any more.
    pub(crate) fn of(catalog: &Catalog, wishes: &Wishes) -> Self {
        let steps = |names: &[Name]| -> Vec<StepInput> {
            let there = names.iter().filter(|name| name.step(catalog).is_some());
            there.map(StepInput::from).collect()
        };
        let held = wishes.skills.iter().filter(|name| name.defined(catalog).is_some());
        let topics = |slugs: &[String]| -> Vec<String> {
            slugs.iter().filter(|slug| catalog.topic(slug).is_some()).cloned().collect()
        };
        Self {
            from: wishes.from.clone(),
            to: wishes.to.clone(),
            goals: steps(&wishes.goals),
            skills: held.map(StepInput::from).collect(),
            gaps: steps(&wishes.gaps),
            prefer: topics(&wishes.prefer),
            avoid: topics(&wishes.avoid),
            hours_per_week: wishes.hours_per_week,
            start_on: wishes.start_on.map(Date),
            finish_by: wishes.finish_by.map(Date),
            pauses: wishes
                .pauses
                .iter()
                .map(|(from, to)| DateRangeInput { from: Date(*from), to: Date(*to) })
                .collect(),
            resources: wishes.resources.as_ref().map(ResourcePreferences::from),
        }
    }
}

impl From<&learning::ResourceWishes> for ResourcePreferences {
    fn from(kept: &learning::ResourceWishes) -> Self {
        let kinds = |names: &[String]| -> Vec<ResourceKind> {
            let kinds = names.iter().filter_map(|name| name.parse::<units::ResourceKind>().ok());
            kinds.map(Into::into).collect()
        };
        Self {
            languages: kept.languages.clone(),
            free_only: kept.free_only,
            prefer_kinds: kinds(&kept.prefer_kinds),
            exclude_kinds: kinds(&kept.exclude_kinds),
            budget: kept.budget,
            hour_value: kept.hour_value,
        }
    }
}

/// The topic of a slug.
///
/// # Errors
/// Where there is none, with the nearest one, at the argument.
pub(crate) fn known_topic(catalog: &Catalog, argument: &str, slug: &str) -> Result<TopicId, ApiError> {
    catalog.topic(slug).ok_or_else(|| {
        let is_named = |topic: &&Topic| topic.names.iter().any(|name| name.eq_ignore_ascii_case(slug));
        let named = catalog.topics().iter().find(is_named).map(|topic| &*topic.slug);
        let known = named.or_else(|| nearest(slug, catalog.topics().iter().map(|topic| &*topic.slug)));
        ApiError::unknown(argument, format!("There is no topic \"{slug}\"."), known)
    })
}

/// The step of a topic and a level.
///
/// # Errors
/// Where there is no such topic, or it does not define the level, with the nearest one, below the argument.
pub(super) fn known_step(catalog: &Catalog, argument: &str, input: &StepInput) -> Result<StepId, ApiError> {
    let level: units::Proficiency = input.level.into();
    if let Some(step) = catalog.step_named(&input.topic, level) {
        return Ok(step);
    }
    let topic = known_topic(catalog, &format!("{argument}.topic"), &input.topic)?;
    level_of(catalog, argument, topic, input)
}

/// As [`known_step`], of what somebody says to hold: no higher level stands in for it.
///
/// # Errors
/// As there.
pub(crate) fn known_skill(catalog: &Catalog, argument: &str, input: &StepInput) -> Result<StepId, ApiError> {
    known_step(catalog, argument, input)?;
    let held = input.held(catalog);
    let topic = known_topic(catalog, &format!("{argument}.topic"), &held.topic)?;
    level_of(catalog, argument, topic, &held)
}

fn level_of(
    catalog: &Catalog,
    argument: &str,
    topic: TopicId,
    input: &StepInput,
) -> Result<StepId, ApiError> {
    let level: units::Proficiency = input.level.into();
    catalog.step(topic, level).ok_or_else(|| {
        let defined: Vec<_> = catalog.steps_of(topic).map(|step| catalog.steps()[step].level).collect();
        let closest = defined.iter().min_by_key(|other| (**other as i8 - level as i8).abs());
        let names: Vec<_> = defined.iter().map(|level| level.name()).collect();
        let message = format!(
            "The topic \"{}\" does not define the level {level}, only {}.",
            input.topic,
            names.join(", ")
        );
        ApiError::unknown(format!("{argument}.level"), message, closest.map(|level| level.name()))
    })
}

struct Checker<'a> {
    catalog: &'a Catalog,
    argument: &'a str,
    errors: Vec<ApiError>,
}

impl Checker<'_> {
    fn request(&mut self, input: &RoadmapInput, scope: &Scope) -> Request {
        if input.to.is_none() && input.goals.is_empty() {
            self.wrong(
                "to",
                "Say where the roadmap leads: give a role in `to`, or steps in `goals`, or both.",
            );
        }
        let request = Request {
            from: self.role("from", input.from.as_deref()),
            to: self.role("to", input.to.as_deref()),
            goals: self.steps("goals", &input.goals),
            skills: self.skills(&input.skills),
            gaps: self.steps("gaps", &input.gaps),
            begun: Vec::new(),
            early: Vec::new(),
            prefer: self.topics("prefer", &input.prefer),
            avoid: self.topics("avoid", &input.avoid),
            pace: self.pace(input, scope),
            effort: scope.effort(),
        };
        self.contradictions(input);
        request
    }

    fn role(&mut self, field: &str, slug: Option<&str>) -> Option<RoleId> {
        let slug = slug?;
        let role = self.catalog.role(slug);
        if role.is_none() {
            let known = nearest(slug, self.catalog.roles().iter().map(|role| &*role.slug));
            self.unknown(field, format!("There is no role \"{slug}\"."), known);
        }
        role
    }

    fn topics(&mut self, field: &str, slugs: &[String]) -> Vec<TopicId> {
        (0..)
            .zip(slugs)
            .filter_map(|(i, slug): (usize, _)| self.topic(&format!("{field}[{i}]"), slug))
            .collect()
    }

    fn topic(&mut self, field: &str, slug: &str) -> Option<TopicId> {
        let topic = known_topic(self.catalog, &format!("{}.{field}", self.argument), slug);
        topic.map_err(|error| self.errors.push(error)).ok()
    }

    fn steps(&mut self, field: &str, steps: &[StepInput]) -> Vec<StepId> {
        (0..)
            .zip(steps)
            .filter_map(|(i, step): (usize, _)| self.step(&format!("{field}[{i}]"), step))
            .collect()
    }

    fn skills(&mut self, skills: &[StepInput]) -> Vec<StepId> {
        let mut known = Vec::with_capacity(skills.len());
        for (i, skill) in skills.iter().enumerate() {
            match known_skill(self.catalog, &format!("{}.skills[{i}]", self.argument), skill) {
                Ok(step) => known.push(step),
                Err(error) => self.errors.push(error),
            }
        }
        known
    }

    fn step(&mut self, field: &str, input: &StepInput) -> Option<StepId> {
        let step = known_step(self.catalog, &format!("{}.{field}", self.argument), input);
        step.map_err(|error| self.errors.push(error)).ok()
    }

    fn pace(&mut self, input: &RoadmapInput, scope: &Scope) -> Pace {
        let hours = Hours::positive(input.hours_per_week).filter(|hours| *hours <= MOST_HOURS_PER_WEEK);
        if hours.is_none() {
            let given = input.hours_per_week;
            self.wrong(
                "hoursPerWeek",
                format!(
                    "{given} hours a week: give more than 0 and at most {}.",
                    MOST_HOURS_PER_WEEK.as_f64()
                ),
            );
        }
        let start = input.start_on.unwrap_or(Date(scope.today()));
        if let Some(finish) = input.finish_by.filter(|finish| *finish < start) {
            self.wrong("finishBy", format!("The last day, {finish}, is before the first, {start}."));
        }
        for (i, pause) in input.pauses.iter().enumerate().filter(|(_, pause)| pause.to < pause.from) {
            self.wrong(
                &format!("pauses[{i}].to"),
                format!("The pause ends on {}, before it begins on {}.", pause.to, pause.from),
            );
        }
        Pace {
            hours_per_week: hours.unwrap_or_default(),
            start: start.to_day(),
            finish_by: input.finish_by.map(Date::to_day),
            pauses: input.pauses.iter().map(|pause| (pause.from.to_day(), pause.to.to_day())).collect(),
        }
    }

    /// Wishes that can't both be meant.
    fn contradictions(&mut self, input: &RoadmapInput) {
        for (i, slug) in input.avoid.iter().enumerate().filter(|(_, slug)| input.prefer.contains(slug)) {
            self.wrong(
                &format!("avoid[{i}]"),
                format!("The topic \"{slug}\" is preferred and avoided: choose one."),
            );
        }
        for (i, gap) in input.gaps.iter().enumerate() {
            let held = |skill: &&StepInput| skill.topic == gap.topic && skill.level >= gap.level;
            if let Some(skill) = input.skills.iter().find(held) {
                let message = format!(
                    "\"{}\" can't be a gap at {} and a skill at {}: whoever holds a level holds every lower one.",
                    gap.topic,
                    waymark_planner::units::Proficiency::from(gap.level),
                    waymark_planner::units::Proficiency::from(skill.level)
                );
                self.wrong(&format!("gaps[{i}]"), message);
            }
        }
    }

    /// Gaps that the learner has recorded to hold.
    fn recorded_gaps(&mut self, input: &RoadmapInput, recorded: &BTreeSet<Name>) {
        for (i, gap) in input.gaps.iter().enumerate() {
            let gap = Name::from(gap);
            if holds(recorded, &gap) {
                let message = format!(
                    "{gap} can't be a gap: you have recorded to hold it. Forget it with forgetSkills first."
                );
                self.wrong(&format!("gaps[{i}]"), message);
            }
        }
    }

    fn wishes(&mut self, given: Option<&ResourcePreferences>) -> ResourceWishes {
        let Some(given) = given else { return ResourceWishes::default() };
        if given.languages.is_empty() {
            self.wrong(
                "resources.languages",
                "Name at least one language, or leave the field out for English.",
            );
        }
        for (i, tag) in given.languages.iter().enumerate().filter(|(_, tag)| *tag != "*" && !is_language(tag))
        {
            let tag = quoted(tag);
            self.wrong(
                &format!("resources.languages[{i}]"),
                format!(
                    "{tag} is no language tag: write one of BCP 47, such as en, de or pt-BR, or * for any."
                ),
            );
        }
        for (i, kind) in
            given.exclude_kinds.iter().enumerate().filter(|(_, kind)| given.prefer_kinds.contains(kind))
        {
            let kind = waymark_planner::units::ResourceKind::from(*kind);
            self.wrong(
                &format!("resources.excludeKinds[{i}]"),
                format!("{kind} is preferred and excluded: choose one."),
            );
        }
        let budget = given.budget.map(Price::from_dollars);
        if budget == Some(None) {
            self.wrong("resources.budget", "The budget must be 0 or more US dollars, and at most a million.");
        }
        let hour_value = Price::from_dollars(given.hour_value).filter(|value| *value > Price::FREE);
        if hour_value.is_none() {
            self.wrong(
                "resources.hourValue",
                "The value of an hour must be a cent or more, and at most a million dollars.",
            );
        }
        ResourceWishes {
            languages: given.languages.clone(),
            free_only: given.free_only,
            prefer_kinds: given.prefer_kinds.iter().map(|&kind| kind.into()).collect(),
            exclude_kinds: given.exclude_kinds.iter().map(|&kind| kind.into()).collect(),
            budget: budget.flatten(),
            hour_value: hour_value.unwrap_or_default(),
        }
    }

    fn unknown(&mut self, field: &str, message: String, nearest: Option<&str>) {
        self.errors.push(ApiError::unknown(format!("{}.{field}", self.argument), message, nearest));
    }

    fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(ApiError::argument(format!("{}.{field}", self.argument), message));
    }
}
