//! From the rows back to a draft, which the catalogue checks again.

use std::collections::HashMap;
use std::hash::Hash;

use waymark_entity::{alias, alternative, requirement, resource, step, topic_text, witness};
use waymark_planner::draft::{
    AreaDraft, At, CoverDraft, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
};
use waymark_planner::source::{Attestation, Identifiers};
use waymark_planner::units::{Hours, Price, Proficiency, ResourceKind};

use super::rows::Rows;
use crate::dates;

/// Rows by the key of the row that they belong to.
type Groups<T> = HashMap<i32, Vec<T>>;

/// The draft of the rows, or what is wrong with them: only somebody else's hand can have done that.
pub(super) fn draft(rows: Rows) -> Result<Draft, String> {
    let areas: HashMap<i32, String> = rows.areas.iter().map(|area| (area.id, area.slug.clone())).collect();
    let topics: HashMap<i32, String> =
        rows.topics.iter().map(|topic| (topic.id, topic.slug.clone())).collect();
    let roles: HashMap<i32, String> = rows.roles.iter().map(|role| (role.id, role.slug.clone())).collect();
    let steps = step_names(&rows)?;
    let mut asked = Asked::new(rows.requirements, rows.alternatives, &steps)?;
    let mut former = Former::of(rows.aliases);
    let mut levels = group(rows.steps, |step| step.topic_id);
    let mut authors = group(rows.authors, |author| author.resource_id);
    let mut witnesses = group(rows.witnesses, |witness| witness.resource_id);
    let mut texts = group(rows.topic_texts, |text| (text.topic_id, text.kind.clone()));
    let mut texts = |kind: &str, topic: i32| -> Vec<String> {
        let rows = texts.remove(&(topic, kind.to_owned())).unwrap_or_default();
        rows.into_iter().map(|row| row.text).collect()
    };
    let mut made_for = group(rows.resource_topics, |made_for| made_for.resource_id);
    let mut covers = group(rows.coverages, |coverage| coverage.resource_id);

    let mut draft = Draft::default();
    for area in rows.areas {
        draft.areas.push(AreaDraft {
            slug: area.slug.into(),
            aliases: former.names(alias::AREA, area.id),
            title: area.title,
            summary: area.summary,
        });
    }
    for topic in rows.topics {
        let levels = levels.remove(&topic.id).unwrap_or_default();
        draft.topics.push(TopicDraft {
            slug: topic.slug.into(),
            aliases: former.names(alias::TOPIC, topic.id),
            title: topic.title,
            names: texts(topic_text::NAME, topic.id),
            area: named(&areas, topic.area_id, "area")?,
            summary: topic.summary,
            elective: topic.elective,
            popularity: i64::from(topic.popularity).into(),
            links: texts(topic_text::LINK, topic.id).into_iter().map(At::from).collect(),
            levels: levels
                .into_iter()
                .map(|step| level(step, &mut asked, &mut former))
                .collect::<Result<_, _>>()?,
        });
    }
    for role in rows.roles {
        draft.roles.push(RoleDraft {
            slug: role.slug.into(),
            aliases: former.names(alias::ROLE, role.id),
            title: role.title,
            summary: role.summary,
            after: role.after_id.map(|after| named(&roles, after, "role")).transpose()?,
            requires: asked.by_roles.remove(&role.id).unwrap_or_default(),
        });
    }
    for row in rows.resources {
        let authors =
            authors.remove(&row.id).unwrap_or_default().into_iter().map(|author| author.name).collect();
        let covers = covers.remove(&row.id).unwrap_or_default().into_iter().map(|coverage| {
            let step = named(&steps, coverage.step_id, "step")?;
            let fit = i64::from(coverage.fit).into();
            Ok(CoverDraft { step, hours: hours(coverage.hours_millionths)?, fit, section: coverage.section })
        });
        let covers = covers.collect::<Result<_, String>>()?;
        let witnesses = witnesses.remove(&row.id).unwrap_or_default();
        let aliases = former.names(alias::RESOURCE, row.id);
        let made_for = made_for.remove(&row.id).unwrap_or_default();
        let made_for = made_for.iter().map(|row| named(&topics, row.topic_id, "topic"));
        let made_for = made_for.collect::<Result<_, _>>()?;
        draft.resources.push(ResourceDraft {
            aliases,
            made_for,
            ..resource(row, authors, witnesses, covers)?
        });
    }
    Ok(draft)
}

/// Former names by the kind and the key of what has them.
struct Former(HashMap<(String, i32), Vec<alias::Model>>);

impl Former {
    fn of(rows: Vec<alias::Model>) -> Self {
        Self(group(rows, |row| (row.kind.clone(), row.target_id)))
    }

    fn names(&mut self, kind: &str, key: i32) -> Vec<At<String>> {
        let rows = self.0.remove(&(kind.to_owned(), key)).unwrap_or_default();
        rows.into_iter().map(|row| row.name.into()).collect()
    }
}

/// The steps as they are written: `topic@LEVEL`.
fn step_names(rows: &Rows) -> Result<HashMap<i32, String>, String> {
    let topics: HashMap<i32, &str> =
        rows.topics.iter().map(|topic| (topic.id, topic.slug.as_str())).collect();
    let named = rows.steps.iter().map(|step| {
        let topic = topics.get(&step.topic_id).ok_or_else(|| missing("topic", step.topic_id))?;
        Ok((step.id, format!("{topic}@{}", step.level)))
    });
    named.collect()
}

/// What steps and roles ask for.
#[derive(Default)]
struct Asked {
    required: Groups<EntryDraft>,
    recommended: Groups<EntryDraft>,
    by_roles: Groups<EntryDraft>,
}

impl Asked {
    fn new(
        requirements: Vec<requirement::Model>,
        alternatives: Vec<alternative::Model>,
        steps: &HashMap<i32, String>,
    ) -> Result<Self, String> {
        let mut any_of = group(alternatives, |alternative| alternative.requirement_id);
        let mut asked = Self::default();
        for row in requirements {
            let any_of = any_of.remove(&row.id).unwrap_or_default();
            let any_of = any_of.iter().map(|alternative| named(steps, alternative.step_id, "step"));
            let entry = EntryDraft {
                any_of: any_of.collect::<Result<_, _>>()?,
                weight: i64::from(row.weight).into(),
                reason: row.reason.clone(),
                origin: Origin::default(),
            };
            asked.owner(&row)?.push(entry);
        }
        Ok(asked)
    }

    fn owner(&mut self, row: &requirement::Model) -> Result<&mut Vec<EntryDraft>, String> {
        let (group, owner) = match (row.step_id, row.role_id, row.strength.as_str()) {
            (Some(step), None, requirement::REQUIRED) => (&mut self.required, step),
            (Some(step), None, requirement::RECOMMENDED) => (&mut self.recommended, step),
            (None, Some(role), requirement::REQUIRED) => (&mut self.by_roles, role),
            _ => return Err(format!("the requirement {} is neither a step's nor a role's", row.id)),
        };
        Ok(group.entry(owner).or_default())
    }
}

fn level(row: step::Model, asked: &mut Asked, former: &mut Former) -> Result<LevelDraft, String> {
    let level: Proficiency = row.level.parse().map_err(|_| format!("`{}` is no level", row.level))?;
    Ok(LevelDraft {
        level: level.into(),
        aliases: former.names(alias::STEP, row.id),
        hours: hours(row.hours_millionths)?,
        outcome: row.outcome,
        practice: row.practice,
        requires: asked.required.remove(&row.id).unwrap_or_default(),
        recommends: asked.recommended.remove(&row.id).unwrap_or_default(),
    })
}

fn resource(
    row: resource::Model,
    authors: Vec<String>,
    witnesses: Vec<witness::Model>,
    covers: Vec<CoverDraft>,
) -> Result<ResourceDraft, String> {
    let kind: ResourceKind =
        row.kind.parse().map_err(|_| format!("`{}` is no kind of resource", row.kind))?;
    let cents = row.price_cents.try_into().map_err(|_| format!("the price of `{}` is negative", row.slug))?;
    let by = witnesses.into_iter().map(|witness| witness.name.into()).collect();
    let attested = row.attested_on.as_deref().map(|on| attestation(on, by)).transpose()?;
    Ok(ResourceDraft {
        slug: row.slug.into(),
        aliases: Vec::new(),
        title: row.title,
        kind,
        url: row.url.into(),
        identifiers: Identifiers {
            isbn: row.isbn.map(Into::into),
            doi: row.doi.map(Into::into),
            arxiv: row.arxiv.map(Into::into),
            standard: row.standard.map(Into::into),
        },
        attested,
        authors,
        provider: row.provider,
        year: row.year,
        language: row.language,
        price: Price::from_cents(cents).as_dollars().into(),
        quality: i64::from(row.quality).into(),
        made_for: Vec::new(),
        covers,
    })
}

fn attestation(on: &str, by: Vec<Box<str>>) -> Result<Attestation, String> {
    let on = dates::parse(on).ok_or_else(|| format!("`{on}` is no date"))?;
    Ok(Attestation { on: dates::to_day(on), by })
}

/// Exact there and back: up to the longest time a double tells all millionths apart.
fn hours(millionths: i64) -> Result<At<f64>, String> {
    let millionths = millionths.try_into().map_err(|_| format!("{millionths} is no learning time"))?;
    Ok(Hours::from_millionths(millionths).as_f64().into())
}

fn named(names: &HashMap<i32, String>, key: i32, kind: &str) -> Result<At<String>, String> {
    names.get(&key).cloned().map(At::from).ok_or_else(|| missing(kind, key))
}

fn missing(kind: &str, key: i32) -> String {
    format!("the {kind} {key} is missing")
}

/// Rows by their owner, each group in the order of the rows.
fn group<K: Eq + Hash, T>(rows: Vec<T>, owner: impl Fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(owner(&row)).or_default().push(row);
    }
    groups
}
