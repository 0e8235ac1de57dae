//! The catalogue as rows, and back.

use std::collections::HashMap;

use waymark_entity::{alternative, area, coverage, requirement, resource, resource_author, role, step, topic};
use waymark_planner::Catalog;
use waymark_planner::draft::{
    AreaDraft, CoverDraft, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
};
use waymark_planner::ids::{EntryId, Id};
use waymark_planner::units::{Hours, Price};

/// All rows of a catalogue, in the order of their keys.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) areas: Vec<area::Model>,
    pub(super) topics: Vec<topic::Model>,
    pub(super) steps: Vec<step::Model>,
    pub(super) roles: Vec<role::Model>,
    pub(super) requirements: Vec<requirement::Model>,
    pub(super) alternatives: Vec<alternative::Model>,
    pub(super) resources: Vec<resource::Model>,
    pub(super) authors: Vec<resource_author::Model>,
    pub(super) coverages: Vec<coverage::Model>,
}

/// Who a requirement belongs to.
#[derive(Clone, Copy)]
enum Owner {
    Required(i32),
    Recommended(i32),
    Role(i32),
}

impl Rows {
    /// The rows of a catalogue; the keys are the places in its canonical order.
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut rows = Self::default();
        rows.areas_and_topics(catalog);
        rows.steps(catalog);
        rows.roles(catalog);
        rows.resources(catalog);
        rows
    }

    fn areas_and_topics(&mut self, catalog: &Catalog) {
        self.areas = catalog
            .areas()
            .ids()
            .zip(catalog.areas())
            .map(|(id, area)| area::Model {
                id: key(id),
                slug: area.slug.to_string(),
                title: area.title.to_string(),
                summary: area.summary.as_deref().map(str::to_owned),
            })
            .collect();
        self.topics = catalog
            .topics()
            .ids()
            .zip(catalog.topics())
            .map(|(id, topic)| topic::Model {
                id: key(id),
                area_id: key(topic.area),
                slug: topic.slug.to_string(),
                title: topic.title.to_string(),
                summary: topic.summary.to_string(),
            })
            .collect();
    }

    fn steps(&mut self, catalog: &Catalog) {
        for (id, step) in catalog.steps().ids().zip(catalog.steps()) {
            self.steps.push(step::Model {
                id: key(id),
                topic_id: key(step.topic),
                level: step.level.to_string(),
                hours_millionths: signed(step.hours.millionths()),
                outcome: step.outcome.to_string(),
            });
            // The lower level is implied, and comes first.
            for entry in catalog.requires(id).skip(usize::from(step.lower.is_some())) {
                self.requirement(catalog, Owner::Required(key(id)), entry);
            }
            for entry in catalog.recommends(id) {
                self.requirement(catalog, Owner::Recommended(key(id)), entry);
            }
        }
    }

    fn roles(&mut self, catalog: &Catalog) {
        for (id, role) in catalog.roles().ids().zip(catalog.roles()) {
            self.roles.push(role::Model {
                id: key(id),
                after_id: role.after.map(key),
                slug: role.slug.to_string(),
                title: role.title.to_string(),
                summary: role.summary.to_string(),
            });
            for entry in catalog.role_requires(id) {
                self.requirement(catalog, Owner::Role(key(id)), entry);
            }
        }
    }

    fn requirement(&mut self, catalog: &Catalog, owner: Owner, entry: EntryId) {
        let (step_id, role_id) = match owner {
            Owner::Required(step) | Owner::Recommended(step) => (Some(step), None),
            Owner::Role(role) => (None, Some(role)),
        };
        let id = key(entry);
        let recommended = matches!(owner, Owner::Recommended(_));
        let weight = catalog.weight(entry).into();
        self.requirements.push(requirement::Model { id, step_id, role_id, recommended, weight });
        let steps = catalog.any_of(entry).iter();
        self.alternatives.extend(steps.map(|&step| alternative::Model { requirement_id: id, step_id: key(step) }));
    }

    fn resources(&mut self, catalog: &Catalog) {
        for (id, resource) in catalog.resources().ids().zip(catalog.resources()) {
            let resource_id = key(id);
            self.resources.push(resource::Model {
                id: resource_id,
                slug: resource.slug.to_string(),
                title: resource.title.to_string(),
                kind: resource.kind.to_string(),
                url: resource.url.to_string(),
                provider: resource.provider.as_deref().map(str::to_owned),
                year: resource.year,
                language: resource.language.to_string(),
                price_cents: signed(resource.price.cents()),
                quality: resource.quality.into(),
            });
            let authors = (0..).zip(&resource.authors);
            self.authors.extend(authors.map(|(position, name)| resource_author::Model {
                resource_id,
                position,
                name: name.to_string(),
            }));
            self.coverages.extend(catalog.covers(id).map(|id| {
                let coverage = &catalog.coverages()[id];
                coverage::Model {
                    resource_id,
                    step_id: key(coverage.step),
                    hours_millionths: signed(coverage.hours.millionths()),
                    section: coverage.section.as_deref().map(str::to_owned),
                }
            }));
        }
    }
}

/// The draft that rows spell out.
///
/// # Errors
/// Says which value is none that this version knows.
pub(super) fn to_draft(rows: Rows) -> Result<Draft, String> {
    let names = step_names(&rows)?;
    let name = |step: i32| names.get(&step).cloned().unwrap_or_default();
    let mut any_of: HashMap<i32, Vec<i32>> = HashMap::new();
    for alternative in &rows.alternatives {
        any_of.entry(alternative.requirement_id).or_default().push(alternative.step_id);
    }
    let entry = |requirement: &requirement::Model| EntryDraft {
        any_of: any_of.get(&requirement.id).into_iter().flatten().map(|&step| name(step).into()).collect(),
        weight: i64::from(requirement.weight).into(),
        origin: Origin::default(),
    };
    let mut of_steps: HashMap<(i32, bool), Vec<EntryDraft>> = HashMap::new();
    let mut of_roles: HashMap<i32, Vec<EntryDraft>> = HashMap::new();
    for requirement in &rows.requirements {
        match (requirement.step_id, requirement.role_id) {
            (Some(step), _) => of_steps.entry((step, requirement.recommended)).or_default().push(entry(requirement)),
            (None, Some(role)) => of_roles.entry(role).or_default().push(entry(requirement)),
            (None, None) => return Err(format!("the requirement {} belongs to nothing", requirement.id)),
        }
    }
    let mut levels: HashMap<i32, Vec<LevelDraft>> = HashMap::new();
    for step in rows.steps {
        let level = step.level.parse::<waymark_planner::units::Proficiency>();
        levels.entry(step.topic_id).or_default().push(LevelDraft {
            level: level.map_err(|_| format!("\"{}\" is no level", step.level))?.into(),
            hours: hours(step.hours_millionths).into(),
            outcome: step.outcome,
            requires: of_steps.remove(&(step.id, false)).unwrap_or_default(),
            recommends: of_steps.remove(&(step.id, true)).unwrap_or_default(),
        });
    }
    let areas: HashMap<i32, String> =
        rows.areas.iter().map(|area| (area.id, area.slug.clone())).collect();
    let roles: HashMap<i32, String> =
        rows.roles.iter().map(|role| (role.id, role.slug.clone())).collect();
    let resources = to_resources(rows.resources, rows.authors, rows.coverages, &name)?;
    Ok(Draft {
        areas: rows
            .areas
            .into_iter()
            .map(|area| AreaDraft { slug: area.slug.into(), title: area.title, summary: area.summary })
            .collect(),
        topics: rows
            .topics
            .into_iter()
            .map(|topic| TopicDraft {
                slug: topic.slug.into(),
                title: topic.title,
                area: areas.get(&topic.area_id).cloned().unwrap_or_default().into(),
                summary: topic.summary,
                levels: levels.remove(&topic.id).unwrap_or_default(),
            })
            .collect(),
        roles: rows
            .roles
            .into_iter()
            .map(|role| RoleDraft {
                after: role.after_id.map(|after| roles.get(&after).cloned().unwrap_or_default().into()),
                requires: of_roles.remove(&role.id).unwrap_or_default(),
                slug: role.slug.into(),
                title: role.title,
                summary: role.summary,
            })
            .collect(),
        resources,
    })
}

fn to_resources(
    rows: Vec<resource::Model>,
    authors: Vec<resource_author::Model>,
    coverages: Vec<coverage::Model>,
    name: &impl Fn(i32) -> String,
) -> Result<Vec<ResourceDraft>, String> {
    let mut by: HashMap<i32, Vec<String>> = HashMap::new();
    for author in authors {
        by.entry(author.resource_id).or_default().push(author.name);
    }
    let mut covers: HashMap<i32, Vec<CoverDraft>> = HashMap::new();
    for coverage in coverages {
        covers.entry(coverage.resource_id).or_default().push(CoverDraft {
            step: name(coverage.step_id).into(),
            hours: hours(coverage.hours_millionths).into(),
            section: coverage.section,
        });
    }
    rows.into_iter()
        .map(|row| {
            Ok(ResourceDraft {
                slug: row.slug.into(),
                title: row.title,
                kind: row.kind.parse().map_err(|_| format!("\"{}\" is no kind of resource", row.kind))?,
                url: row.url.into(),
                authors: by.remove(&row.id).unwrap_or_default(),
                provider: row.provider,
                year: row.year,
                language: row.language,
                price: Price::from_cents(u64::try_from(row.price_cents).unwrap_or_default()).as_dollars().into(),
                quality: i64::from(row.quality).into(),
                covers: covers.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

/// Each step by key in the form `topic@LEVEL`.
fn step_names(rows: &Rows) -> Result<HashMap<i32, String>, String> {
    let slugs: HashMap<i32, &str> =
        rows.topics.iter().map(|topic| (topic.id, topic.slug.as_str())).collect();
    rows.steps
        .iter()
        .map(|step| {
            let slug = slugs.get(&step.topic_id).ok_or_else(|| format!("the step {} belongs to no topic", step.id))?;
            Ok((step.id, format!("{slug}@{}", step.level)))
        })
        .collect()
}

fn key<I: Id>(id: I) -> i32 {
    i32::try_from(id.index()).unwrap_or(i32::MAX)
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn hours(millionths: i64) -> f64 {
    Hours::from_millionths(u64::try_from(millionths).unwrap_or_default()).as_f64()
}
