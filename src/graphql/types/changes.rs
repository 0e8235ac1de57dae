//! `RoadmapChanges`.

use async_graphql::{Enum, Object};
use waymark_planner::units::Hours;

use super::{Proficiency, Role, Step, count};
use crate::graphql::scalars::Date;
use crate::graphql::scope::Scope;
use crate::learning::{self, Added, Changes, ChoiceChanged, Gone, Moved, Name, Shift};

/// Changes, in the scope of a request.
#[derive(Clone)]
pub struct RoadmapChanges {
    scope: Scope,
    changes: Changes,
}

impl RoadmapChanges {
    pub(crate) fn new(scope: &Scope, changes: Changes) -> Self {
        Self { scope: scope.clone(), changes }
    }
}

/// What is different about a version, and why.
#[Object]
impl RoadmapChanges {
    /// In sentences, one for each thing that is different, for people to read.
    async fn summary(&self) -> Vec<String> {
        summary(&self.changes)
    }

    /// Steps that were not on it before, in order.
    async fn added(&self) -> Vec<AddedStep> {
        let all = self.changes.added.iter().cloned();
        all.map(|added| AddedStep { scope: self.scope.clone(), added }).collect()
    }

    /// Steps that are not on it any more, in the order in which they were.
    async fn gone(&self) -> Vec<GoneStep> {
        let all = self.changes.gone.iter().cloned();
        all.map(|gone| GoneStep { scope: self.scope.clone(), gone }).collect()
    }

    /// The fewest steps that have to be moved to get from one order to the other, in the new order.
    async fn moved(&self) -> Vec<MovedStep> {
        let all = self.changes.moved.iter().cloned();
        all.map(|moved| MovedStep { scope: self.scope.clone(), moved }).collect()
    }

    /// Requirements for which another alternative is taken.
    async fn choices(&self) -> Vec<ChangedChoice> {
        let all = self.changes.choices.iter().cloned();
        all.map(|choice| ChangedChoice { scope: self.scope.clone(), choice }).collect()
    }

    /// Milestones that are reached on another day, in their order, and last the end of all.
    async fn dates(&self) -> Vec<ShiftedDate> {
        let all = self.changes.dates.iter().cloned();
        all.map(|shift| ShiftedDate { scope: self.scope.clone(), shift }).collect()
    }

    /// The hours that were left to learn.
    async fn hours_before(&self) -> f64 {
        Hours::from_millionths(self.changes.hours.0).as_f64()
    }

    /// The hours that are left to learn.
    async fn hours_now(&self) -> f64 {
        Hours::from_millionths(self.changes.hours.1).as_f64()
    }

    /// Whether the catalogue is another one.
    async fn catalog_changed(&self) -> bool {
        let (before, now) = self.changes.revisions;
        self.changes.catalog_changed.unwrap_or(before != now)
    }

    /// Whether the learner wished for something else.
    async fn wishes_changed(&self) -> bool {
        self.changes.wishes
    }
}

/// Why a step is on a roadmap that was not.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "learning::WhyAdded")]
pub enum AddedBecause {
    /// It was held before, and is not any more.
    Forgotten,
    /// It is a goal, or was begun.
    Wished,
    /// An alternative that is taken otherwise brings it.
    Chosen,
    /// The target, or the catalogue, asks for it.
    Required,
}

/// Why a step is not on a roadmap any more.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "learning::WhyGone")]
pub enum GoneBecause {
    /// The learner holds it.
    Held,
    /// The learner avoids its topic.
    Avoided,
    /// The catalogue does not have it any more.
    Retired,
    /// What it was needed for is met in another way, or is not asked for any more.
    NotNeeded,
}

/// A change about a step.
pub struct AddedStep {
    scope: Scope,
    added: Added,
}

/// A step that was not there before.
#[Object]
impl AddedStep {
    /// The slug of its topic.
    async fn topic(&self) -> &str {
        &self.added.step.topic
    }

    /// Its level.
    async fn level(&self) -> Proficiency {
        self.added.step.level.into()
    }

    /// The step; null where the catalogue does not have it any more.
    async fn step(&self) -> Option<Step> {
        step(&self.scope, &self.added.step)
    }

    /// Why it is there.
    async fn because(&self) -> AddedBecause {
        self.added.why.into()
    }

    /// The steps that need it right after it; none where the target itself asks for it.
    async fn needed_by(&self) -> Vec<Step> {
        self.added.for_steps.iter().filter_map(|name| step(&self.scope, name)).collect()
    }
}

/// A change about a step.
pub struct GoneStep {
    scope: Scope,
    gone: Gone,
}

/// A step that is not there any more.
#[Object]
impl GoneStep {
    /// The slug of its topic.
    async fn topic(&self) -> &str {
        &self.gone.step.topic
    }

    /// Its level.
    async fn level(&self) -> Proficiency {
        self.gone.step.level.into()
    }

    /// The step; null where the catalogue does not have it any more.
    async fn step(&self) -> Option<Step> {
        step(&self.scope, &self.gone.step)
    }

    /// Why it is gone.
    async fn because(&self) -> GoneBecause {
        self.gone.why.into()
    }
}

/// A change about a step.
pub struct MovedStep {
    scope: Scope,
    moved: Moved,
}

/// A step in another place.
#[Object]
impl MovedStep {
    /// The slug of its topic.
    async fn topic(&self) -> &str {
        &self.moved.step.topic
    }

    /// Its level.
    async fn level(&self) -> Proficiency {
        self.moved.step.level.into()
    }

    /// The step; null where the catalogue does not have it any more.
    async fn step(&self) -> Option<Step> {
        step(&self.scope, &self.moved.step)
    }

    /// Its place before, from 1.
    async fn from_position(&self) -> i32 {
        count(self.moved.from + 1)
    }

    /// Its place now, from 1.
    async fn to_position(&self) -> i32 {
        count(self.moved.to + 1)
    }
}

/// A change about a choice.
pub struct ChangedChoice {
    scope: Scope,
    choice: ChoiceChanged,
}

/// A requirement that is met in another way.
#[Object]
impl ChangedChoice {
    /// What it offers.
    async fn any_of(&self) -> Vec<Step> {
        self.choice.any_of.iter().filter_map(|name| step(&self.scope, name)).collect()
    }

    /// What was taken before; null where the catalogue does not have it any more.
    async fn before(&self) -> Option<Step> {
        step(&self.scope, &self.choice.before)
    }

    /// What is taken now; null where the catalogue does not have it any more.
    async fn now(&self) -> Option<Step> {
        step(&self.scope, &self.choice.now)
    }
}

/// A change about a day.
pub struct ShiftedDate {
    scope: Scope,
    shift: Shift,
}

/// A day that is another one.
#[Object]
impl ShiftedDate {
    /// The role whose milestone is reached then; null for the learner's own goals, and for the end.
    async fn role(&self) -> Option<Role> {
        let role = self.scope.catalog().role(self.shift.role.as_deref()?)?;
        Some(Role::new(&self.scope, role))
    }

    /// Whether it is the end of the whole roadmap.
    async fn is_end(&self) -> bool {
        self.shift.is_end
    }

    /// The day before; null where the milestone was not there.
    async fn before(&self) -> Option<Date> {
        self.shift.before.map(Date)
    }

    /// The day now; null where nothing is left to learn for it.
    async fn now(&self) -> Option<Date> {
        self.shift.now.map(Date)
    }
}

fn step(scope: &Scope, name: &Name) -> Option<Step> {
    name.step(scope.catalog()).map(|step| Step::new(scope, step))
}

/// A sentence for each thing that is different.
fn summary(changes: &Changes) -> Vec<String> {
    use learning::{WhyAdded, WhyGone};
    let added = changes.added.iter().map(|Added { step, why, for_steps }| {
        let needed: Vec<String> = for_steps.iter().map(ToString::to_string).collect();
        let because = match why {
            WhyAdded::Forgotten => "you do not hold it any more".to_owned(),
            WhyAdded::Wished => "you want it".to_owned(),
            WhyAdded::Chosen => "it is the shorter way by now".to_owned(),
            WhyAdded::Required => match &needed[..] {
                [] => "the target asks for it".to_owned(),
                [only] => format!("{only} needs it"),
                [others @ .., last] => format!("{} and {last} need it", others.join(", ")),
            },
        };
        format!("New: {step}, since {because}.")
    });
    let gone = changes.gone.iter().map(|Gone { step, why }| {
        let because = match why {
            WhyGone::Held => "you hold it",
            WhyGone::Avoided => "you avoid its topic",
            WhyGone::Retired => "the catalogue does not have it any more",
            WhyGone::NotNeeded => "nothing on the roadmap needs it any more",
        };
        format!("Gone: {step}, since {because}.")
    });
    let moved = changes
        .moved
        .iter()
        .map(|Moved { step, from, to }| format!("Moved: {step}, from place {} to {}.", from + 1, to + 1));
    let choices = changes
        .choices
        .iter()
        .map(|choice| format!("Chosen otherwise: {} in place of {}.", choice.now, choice.before));
    let end = changes.dates.iter().filter(|shift| shift.is_end).filter_map(|shift| {
        let (before, now) = (shift.before?, shift.now?);
        let days = (now - before).num_days();
        let direction = if days > 0 { "later" } else { "earlier" };
        let unit = if days.abs() == 1 { "day" } else { "days" };
        Some(format!("It ends on {now}, {} {unit} {direction}.", days.abs()))
    });
    added.chain(gone).chain(moved).chain(choices).chain(end).collect()
}
