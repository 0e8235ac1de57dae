//! `topics.graphql` and `page.graphql`.

use waymark_planner::Catalog;
use waymark_planner::ids::{AreaId, CoverageId, EntryId, StepId, TopicId};

use crate::json::Json;

/// Sixty topics with all that hangs on them.
pub(crate) fn nested(catalog: &Catalog) -> Vec<u8> {
    nodes(catalog, 60, |json, id| {
        let topic = &catalog.topics()[id];
        json.raw(r#"{"slug":"#).text(&topic.slug).raw(r#","title":"#).text(&topic.title);
        json.raw(r#","area":"#);
        area(json, catalog, topic.area);
        json.raw(r#","steps":"#).list(catalog.steps_of(id), |json, id| step(json, catalog, id)).raw("}");
    })
}

/// Twenty topics as a list shows them.
pub(crate) fn page(catalog: &Catalog) -> Vec<u8> {
    nodes(catalog, 20, |json, id| {
        let topic = &catalog.topics()[id];
        json.raw(r#"{"slug":"#).text(&topic.slug).raw(r#","title":"#).text(&topic.title);
        json.raw(r#","summary":"#).text(&topic.summary).raw(r#","area":"#);
        area(json, catalog, topic.area);
        json.raw("}");
    })
}

/// A step as it is named in lists.
pub(crate) fn step_name(json: &mut Json, catalog: &Catalog, id: StepId) {
    let step = &catalog.steps()[id];
    json.raw(r#"{"level":""#).raw(step.level.name()).raw(r#"","topic":{"slug":"#);
    json.text(&catalog.topics()[step.topic].slug).raw("}}");
}

fn nodes(catalog: &Catalog, first: usize, topic: impl FnMut(&mut Json, TopicId)) -> Vec<u8> {
    let mut json = Json::new();
    json.raw(r#"{"data":{"topics":{"nodes":"#).list(catalog.topics().ids().take(first), topic).raw("}}}");
    json.finish()
}

fn area(json: &mut Json, catalog: &Catalog, id: AreaId) {
    let area = &catalog.areas()[id];
    json.raw(r#"{"slug":"#).text(&area.slug).raw(r#","title":"#).text(&area.title).raw("}");
}

fn step(json: &mut Json, catalog: &Catalog, id: StepId) {
    let step = &catalog.steps()[id];
    json.raw(r#"{"level":""#).raw(step.level.name()).raw(r#"","hours":"#).hours(step.hours);
    json.raw(r#","requires":"#).list(catalog.requires(id), |json, id| requirement(json, catalog, id));
    json.raw(r#","coverage":"#).list(catalog.taught_by(id), |json, &id| coverage(json, catalog, id)).raw("}");
}

fn requirement(json: &mut Json, catalog: &Catalog, id: EntryId) {
    json.raw(r#"{"anyOf":"#).list(catalog.any_of(id), |json, &id| step_name(json, catalog, id)).raw("}");
}

fn coverage(json: &mut Json, catalog: &Catalog, id: CoverageId) {
    let resource = &catalog.resources()[catalog.coverages()[id].resource];
    json.raw(r#"{"resource":{"title":"#).text(&resource.title).raw("}}");
}
