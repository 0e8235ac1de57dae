//! From a catalogue back to the draft that it could have been built from: what edits begin with.

use super::{Catalog, Resource};
use crate::draft::{
    AreaDraft, At, CoverDraft, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
};
use crate::ids::{EntryId, ResourceId, RoleId, StepId, TopicId};

impl From<&Catalog> for Draft {
    /// Nothing is lost: the catalogue of the draft is the same again. Lists are in the catalogue's order, and no value has a place.
    fn from(catalog: &Catalog) -> Self {
        let area = |area: &super::Area| AreaDraft {
            slug: text(&area.slug),
            aliases: texts(&area.aliases),
            title: area.title.to_string(),
            summary: area.summary.as_deref().map(str::to_owned),
        };
        Self {
            areas: catalog.areas.iter().map(area).collect(),
            topics: catalog.topics.ids().map(|id| topic(catalog, id)).collect(),
            roles: catalog.roles.ids().map(|id| role(catalog, id)).collect(),
            resources: catalog.resources.ids().map(|id| resource(catalog, id)).collect(),
        }
    }
}

fn topic(catalog: &Catalog, id: TopicId) -> TopicDraft {
    let topic = &catalog.topics[id];
    TopicDraft {
        slug: text(&topic.slug),
        aliases: texts(&topic.aliases),
        title: topic.title.to_string(),
        names: topic.names.iter().map(ToString::to_string).collect(),
        area: text(&catalog.areas[topic.area].slug),
        summary: topic.summary.to_string(),
        elective: topic.elective.as_deref().map(str::to_owned),
        popularity: i64::from(topic.popularity).into(),
        links: texts(&topic.links),
        levels: catalog.steps_of(id).map(|step| level(catalog, step)).collect(),
    }
}

fn level(catalog: &Catalog, id: StepId) -> LevelDraft {
    let step = &catalog.steps[id];
    // The lower level is required first, and goes without saying.
    let requires = catalog.requires(id).skip(usize::from(step.lower.is_some()));
    LevelDraft {
        level: step.level.into(),
        aliases: texts(&step.aliases),
        hours: step.hours.as_f64().into(),
        outcome: step.outcome.to_string(),
        practice: step.practice.as_deref().map(str::to_owned),
        requires: entries(catalog, requires),
        recommends: entries(catalog, catalog.recommends(id)),
    }
}

fn role(catalog: &Catalog, id: RoleId) -> RoleDraft {
    let role = &catalog.roles[id];
    RoleDraft {
        slug: text(&role.slug),
        aliases: texts(&role.aliases),
        title: role.title.to_string(),
        summary: role.summary.to_string(),
        after: role.after.map(|after| text(&catalog.roles[after].slug)),
        requires: entries(catalog, catalog.role_requires(id)),
    }
}

fn entries(catalog: &Catalog, ids: impl Iterator<Item = EntryId>) -> Vec<EntryDraft> {
    let entry = |id| EntryDraft {
        any_of: catalog.any_of(id).iter().map(|&step| catalog.step_name(step).into()).collect(),
        weight: i64::from(catalog.weight(id)).into(),
        reason: catalog.reason(id).map(str::to_owned),
        origin: Origin::default(),
    };
    ids.map(entry).collect()
}

fn resource(catalog: &Catalog, id: ResourceId) -> ResourceDraft {
    let resource = &catalog.resources[id];
    let Resource { slug, title, kind, url, identifiers, attested, authors, provider, year, .. } = resource;
    let cover = |cover: &super::Coverage| CoverDraft {
        step: catalog.step_name(cover.step).into(),
        hours: cover.hours.as_f64().into(),
        fit: i64::from(cover.fit).into(),
        section: cover.section.as_deref().map(str::to_owned),
    };
    ResourceDraft {
        slug: text(slug),
        aliases: texts(&resource.aliases),
        title: title.to_string(),
        kind: *kind,
        url: text(url),
        identifiers: identifiers.clone(),
        attested: attested.clone(),
        authors: authors.iter().map(ToString::to_string).collect(),
        provider: provider.as_deref().map(str::to_owned),
        year: *year,
        language: resource.language.to_string(),
        price: resource.price.as_dollars().into(),
        quality: i64::from(resource.quality).into(),
        made_for: resource.made_for.iter().map(|&id| text(&catalog.topics[id].slug)).collect(),
        covers: catalog.covers(id).map(|id| cover(&catalog.coverages[id])).collect(),
    }
}

fn texts(texts: &[Box<str>]) -> Vec<At<String>> {
    texts.iter().map(|one| text(one)).collect()
}

fn text(text: &str) -> At<String> {
    text.to_owned().into()
}
