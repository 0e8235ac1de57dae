//! From an input to a roadmap, or to all that stands against it.

use std::collections::BTreeSet;

use async_graphql::{Name as Key, Value, indexmap::IndexMap};
use waymark_planner::ids::{StepId, TopicId};
use waymark_planner::{Catalog, Need, NoRoadmap, Wish};

use super::access::Right;
use super::error::{ApiError, Code};
use super::inputs::{PlacementInput, RoadmapInput};
use super::scope::Scope;
use super::types::{Placement, Roadmap, RoadmapComparison};
use crate::learning::{Name, current};

/// Checks the input and plans, off the threads that serve requests.
pub(crate) async fn roadmap(
    scope: &Scope,
    input: &RoadmapInput,
    argument: &str,
    as_viewer: bool,
) -> Result<Roadmap, Vec<ApiError>> {
    let recorded = recorded(scope, as_viewer).await.map_err(|error| vec![error])?;
    let (request, wishes) = input.check(scope, argument, &recorded)?;
    let planned = scope.planner().roadmap(scope.snapshot(), request).await;
    match planned.map_err(|lost| vec![lost.into()])? {
        Ok(plan) => Ok(Roadmap::new(scope, plan, wishes)),
        Err(none) => Err(vec![no_roadmap(scope.catalog(), input, argument, &none)]),
    }
}

/// Checks the input and places the learner, off the threads that serve requests.
pub(crate) async fn placement(
    scope: &Scope,
    input: &PlacementInput,
    argument: &str,
) -> Result<Placement, Vec<ApiError>> {
    let request = input.check(scope, argument)?;
    let placed = scope.planner().placement(scope.snapshot(), request).await;
    match &*placed.map_err(|unplanned| vec![unplanned.into()])? {
        Ok(placed) => Ok(Placement::new(scope, placed)),
        Err(none) => Err(vec![no_roadmap(scope.catalog(), &input.roadmap(), argument, none)]),
    }
}

/// Checks all inputs and plans them together.
pub(crate) async fn comparison(
    scope: &Scope,
    inputs: Vec<RoadmapInput>,
    as_viewer: bool,
) -> Result<RoadmapComparison, Vec<ApiError>> {
    if !(2..=5).contains(&inputs.len()) {
        let message = format!("{} roadmaps: compare 2 to 5 of them.", inputs.len());
        return Err(vec![ApiError::argument("inputs", message)]);
    }
    let recorded = recorded(scope, as_viewer).await.map_err(|error| vec![error])?;
    let (mut requests, mut wishes, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for (i, input) in inputs.iter().enumerate() {
        match input.check(scope, &format!("inputs[{i}]"), &recorded) {
            Ok((request, wish)) => {
                requests.push(request);
                wishes.push(wish);
            }
            Err(wrong) => errors.extend(wrong),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let compared = scope.planner().comparison(scope.snapshot(), requests).await;
    let compared = compared.map_err(|lost| vec![lost.into()])?;
    let options = compared.options.into_iter().zip(wishes).zip(&inputs).enumerate();
    let options = options.map(|(i, ((option, wishes), input))| match option {
        Ok(plan) => Ok(Roadmap::new(scope, plan, wishes)),
        Err(none) => Err(no_roadmap(scope.catalog(), input, &format!("inputs[{i}]"), &none)),
    });
    Ok(RoadmapComparison::new(scope, options.collect(), compared.shared, compared.decide_by))
}

/// What the asker has recorded to know, where that is to count.
async fn recorded(scope: &Scope, as_viewer: bool) -> Result<BTreeSet<Name>, ApiError> {
    if !as_viewer {
        return Ok(BTreeSet::new());
    }
    let who = scope.with(Right::Read)?;
    Ok(scope.learners()?.skills(who.id, scope.catalog()).await?)
}

/// The words and the data of a `NO_ROADMAP` error.
pub(crate) fn no_roadmap(
    catalog: &Catalog,
    input: &RoadmapInput,
    argument: &str,
    none: &NoRoadmap,
) -> ApiError {
    let names = |steps: &[StepId]| steps.iter().map(|&step| catalog.step_name(step)).collect::<Vec<_>>();
    let any_of = names(none.need.any_of(catalog));
    let (owner, role) = match none.need {
        Need::Role(role, _) => {
            let role = &catalog.roles()[role];
            (format!("The role \"{}\" requires", role.title), Value::from(&*role.slug))
        }
        Need::Goal(_) => ("Your goals name".to_owned(), Value::Null),
    };
    let wishes: Vec<(&str, String)> = none.conflict.iter().map(|wish| wish_of(catalog, *wish)).collect();
    let said: Vec<String> = wishes.iter().map(|(kind, slug)| format!("{kind} \"{slug}\"")).collect();
    let message = format!(
        "{owner} {}, and your wishes leave no way to it: {}. Drop one of them.",
        any_of.join(" or "),
        if said.is_empty() { "there is none at all".to_owned() } else { said.join(", ") }
    );
    let conflict = wishes.iter().map(|(kind, slug)| {
        object([
            ("wish", Value::from(*kind)),
            ("topic", Value::from(slug.as_str())),
            ("argument", place(catalog, input, argument, kind, slug)),
        ])
    });
    ApiError::new(Code::NoRoadmap, message)
        .with(
            "requirement",
            object([
                ("role", role),
                ("anyOf", strings(any_of)),
                ("weight", Value::from(none.need.weight(catalog))),
            ]),
        )
        .with("chain", strings(names(&none.chain)))
        .with("conflict", Value::List(conflict.collect()))
}

fn wish_of(catalog: &Catalog, wish: Wish) -> (&'static str, String) {
    let slug = |topic: TopicId| catalog.topics()[topic].slug.to_string();
    match wish {
        Wish::Avoid(topic) => ("avoid", slug(topic)),
        Wish::Prefer(topic) => ("prefer", slug(topic)),
    }
}

/// Where the input names the topic, by whatever name.
fn place(catalog: &Catalog, input: &RoadmapInput, argument: &str, kind: &str, slug: &str) -> Value {
    let list = if kind == "avoid" { &input.avoid } else { &input.prefer };
    list.iter()
        .position(|other| current::topic(catalog, other) == slug)
        .map_or(Value::Null, |i| Value::from(format!("{argument}.{kind}[{i}]")))
}

fn strings(texts: Vec<String>) -> Value {
    Value::List(texts.into_iter().map(Value::String).collect())
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (Key::new(name), value)).collect::<IndexMap<_, _>>())
}
