//! A catalogue as the trees of its files, in the order and with the keys that a curator expects.

use waymark_planner::Catalog;
use waymark_planner::draft::{USUAL_FIT, USUAL_POPULARITY};
use waymark_planner::ids::{AreaId, EntryId, ResourceId, RoleId, StepId, TopicId};
use waymark_planner::source::Attestation;

use crate::dates::to_date;

/// What a file holds, before it is YAML or JSON.
#[derive(Debug, PartialEq)]
pub(super) enum Tree {
    Text(String),
    /// As it is to be printed.
    Number(String),
    List(Vec<Tree>),
    Map(Map),
    /// Something that stands on one line.
    Inline(Box<Tree>),
}

pub(super) type Map = Vec<(&'static str, Tree)>;

impl Tree {
    fn inline(self) -> Self {
        Self::Inline(Box::new(self))
    }
}

fn text(text: impl Into<String>) -> Tree {
    Tree::Text(text.into())
}

fn number(number: impl Into<f64>) -> Tree {
    // Shortest form that reads back as the same number, and never an exponent.
    Tree::Number(number.into().to_string())
}

/// The name of a thing, and those that it had before.
fn named(slug: &str, former: &[Box<str>]) -> Map {
    let mut map = vec![("slug", text(slug))];
    map.extend(aliases(former));
    map
}

fn aliases(former: &[Box<str>]) -> Option<(&'static str, Tree)> {
    several(former).map(|names| ("aliases", names.inline()))
}

/// A list of texts, where there are any.
fn several(texts: &[Box<str>]) -> Option<Tree> {
    (!texts.is_empty()).then(|| Tree::List(texts.iter().map(|one| text(&**one)).collect()))
}

pub(super) fn area(catalog: &Catalog, id: AreaId) -> Tree {
    let area = &catalog.areas()[id];
    let mut map = named(&area.slug, &area.aliases);
    map.push(("title", text(&*area.title)));
    map.extend(area.summary.as_deref().map(|summary| ("summary", text(summary))));
    Tree::Map(map)
}

pub(super) fn topic(catalog: &Catalog, id: TopicId) -> Tree {
    let topic = &catalog.topics()[id];
    let levels = catalog.steps_of(id).map(|step| (catalog.steps()[step].level.name(), level(catalog, step)));
    let mut map = named(&topic.slug, &topic.aliases);
    map.push(("title", text(&*topic.title)));
    map.extend(several(&topic.names).map(|names| ("names", names.inline())));
    map.extend([("area", text(&*catalog.areas()[topic.area].slug)), ("summary", text(&*topic.summary))]);
    map.extend(topic.elective.as_deref().map(|elective| ("elective", text(elective))));
    if i64::from(topic.popularity) != USUAL_POPULARITY {
        map.push(("popularity", number(topic.popularity)));
    }
    map.extend(several(&topic.links).map(|links| ("links", links)));
    map.push(("levels", Tree::Map(levels.collect())));
    Tree::Map(map)
}

fn level(catalog: &Catalog, id: StepId) -> Tree {
    let step = &catalog.steps()[id];
    let mut map = vec![("hours", number(step.hours.as_f64())), ("outcome", text(&*step.outcome))];
    map.extend(step.practice.as_deref().map(|practice| ("practice", text(practice))));
    map.extend(aliases(&step.aliases));
    // The lower level is required first, and goes without saying.
    let requires = catalog.requires(id).skip(usize::from(step.lower.is_some()));
    let lists =
        [("requires", entries(catalog, requires)), ("recommends", entries(catalog, catalog.recommends(id)))];
    map.extend(lists.into_iter().filter_map(|(key, list)| Some((key, list?))));
    Tree::Map(map)
}

pub(super) fn role(catalog: &Catalog, id: RoleId) -> Tree {
    let role = &catalog.roles()[id];
    let mut map = named(&role.slug, &role.aliases);
    map.extend([("title", text(&*role.title)), ("summary", text(&*role.summary))]);
    map.extend(role.after.map(|after| ("after", text(&*catalog.roles()[after].slug))));
    map.extend(entries(catalog, catalog.role_requires(id)).map(|requires| ("requires", requires)));
    Tree::Map(map)
}

fn entries(catalog: &Catalog, ids: impl Iterator<Item = EntryId>) -> Option<Tree> {
    let entries: Vec<_> = ids.map(|id| entry(catalog, id)).collect();
    (!entries.is_empty()).then_some(Tree::List(entries))
}

fn entry(catalog: &Catalog, id: EntryId) -> Tree {
    let step = |&step: &StepId| text(catalog.step_name(step));
    let (any_of, weight) = (catalog.any_of(id), catalog.weight(id));
    let weight = (weight != 1).then(|| ("weight", number(weight)));
    let reason = catalog.reason(id).map(|reason| ("reason", text(reason)));
    let (has_reason, is_alone) = (reason.is_some(), weight.is_none() && reason.is_none());
    let more = weight.into_iter().chain(reason);
    let steps = || any_of.iter().map(step).collect();
    let with = |first| Tree::Map(std::iter::once(first).chain(more).collect());
    match any_of {
        [only] if is_alone => step(only),
        // A sentence reads well on a line of its own.
        [only] if has_reason => with(("step", step(only))),
        [only] => with(("step", step(only))).inline(),
        // One key alone reads well without braces: `- any: [a, b]`.
        _ if is_alone || has_reason => with(("any", Tree::List(steps()).inline())),
        _ => with(("any", Tree::List(steps()))).inline(),
    }
}

fn attestation(attested: &Attestation) -> Tree {
    let by = match &attested.by[..] {
        [only] => text(&**only),
        several => Tree::List(several.iter().map(|by| text(&**by)).collect()),
    };
    Tree::Map(vec![("on", text(to_date(attested.on).to_string())), ("by", by)]).inline()
}

pub(super) fn resource(catalog: &Catalog, id: ResourceId) -> Tree {
    let resource = &catalog.resources()[id];
    let mut map = named(&resource.slug, &resource.aliases);
    map.extend([
        ("title", text(&*resource.title)),
        ("kind", text(resource.kind.name())),
        ("url", text(&*resource.url)),
    ]);
    let identifiers = resource.identifiers.named().into_iter();
    map.extend(identifiers.filter_map(|(key, value)| Some((key, text(value?)))));
    map.extend(resource.attested.as_ref().map(|attested| ("attested", attestation(attested))));
    map.extend(several(&resource.authors).map(|authors| ("authors", authors.inline())));
    map.extend(resource.provider.as_deref().map(|provider| ("provider", text(provider))));
    map.extend(resource.year.map(|year| ("year", number(year))));
    map.push(("language", text(&*resource.language)));
    map.push(("price", number(resource.price.as_dollars())));
    map.push(("quality", number(resource.quality)));
    if !resource.made_for.is_empty() {
        let topics = resource.made_for.iter().map(|&id| text(&*catalog.topics()[id].slug));
        map.push(("for", Tree::List(topics.collect()).inline()));
    }
    let covers = catalog.covers(id).map(|id| {
        let cover = &catalog.coverages()[id];
        let mut map =
            vec![("step", text(catalog.step_name(cover.step))), ("hours", number(cover.hours.as_f64()))];
        if i64::from(cover.fit) != USUAL_FIT {
            map.push(("fit", number(cover.fit)));
        }
        map.extend(cover.section.as_deref().map(|section| ("section", text(section))));
        Tree::Map(map).inline()
    });
    map.push(("covers", Tree::List(covers.collect())));
    Tree::Map(map)
}
