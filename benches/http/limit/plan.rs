//! `roadmap.graphql`.

use waymark_planner::{Catalog, Milestone, Need, Reason, Roadmap};

use crate::json::Json;
use crate::topics::step_name;

/// A roadmap with its milestones, and its steps with what they need and why they are there.
pub(crate) fn roadmap(catalog: &Catalog, roadmap: &Roadmap) -> Vec<u8> {
    let mut json = Json::new();
    json.raw(r#"{"data":{"roadmap":{"hours":"#).hours(roadmap.hours);
    json.raw(r#","lowerBoundHours":"#).hours(roadmap.lower_bound);
    json.raw(r#","provenMinimal":"#).value(&roadmap.is_proven_minimal());
    json.raw(r#","schedule":{"startsOn":"#).day(roadmap.schedule.starts_on);
    json.raw(r#","finishesOn":"#).day(roadmap.schedule.finishes_on);
    json.raw(r#","fits":"#).value(&roadmap.schedule.fits).raw(r#"},"milestones":"#);
    json.list(&roadmap.milestones, |json, at| milestone(json, catalog, roadmap, at)).raw("}}}");
    json.finish()
}

fn milestone(json: &mut Json, catalog: &Catalog, roadmap: &Roadmap, milestone: &Milestone) {
    let title = milestone.role.map_or("Your goals", |role| &catalog.roles()[role].title);
    json.raw(r#"{"title":"#).text(title).raw(r#","hours":"#).hours(milestone.hours);
    json.raw(r#","startsOn":"#).day(milestone.starts_on).raw(r#","arrivesOn":"#).day(milestone.arrives_on);
    json.raw(r#","steps":"#);
    json.list(milestone.steps.iter(), |json, &position| step(json, catalog, roadmap, position)).raw("}");
}

fn step(json: &mut Json, catalog: &Catalog, roadmap: &Roadmap, position: usize) {
    let planned = &roadmap.steps[position];
    let step = &catalog.steps()[planned.step];
    let topic = &catalog.topics()[step.topic];
    json.raw(r#"{"position":"#).value(&(position + 1)).raw(r#","weight":"#).value(&planned.weight);
    json.raw(r#","startsOn":"#).day(planned.starts_on).raw(r#","finishesOn":"#).day(planned.finishes_on);
    json.raw(r#","critical":"#).value(&planned.is_critical()).raw(r#","slackHours":"#).hours(planned.slack);
    json.raw(r#","step":{"level":""#).raw(step.level.name()).raw(r#"","hours":"#).hours(step.hours);
    json.raw(r#","topic":{"slug":"#).text(&topic.slug).raw(r#","title":"#).text(&topic.title);
    json.raw(r#"}},"needs":"#).list(&planned.needs, |json, needed| {
        json.raw(r#"{"position":"#).value(&(needed + 1)).raw("}");
    });
    json.raw(r#","reasons":"#);
    json.list(roadmap.reasons(position), |json, why| reason(json, catalog, roadmap, &why)).raw("}");
}

fn reason(json: &mut Json, catalog: &Catalog, roadmap: &Roadmap, reason: &Reason) {
    json.raw(r#"{"role":"#);
    match reason.need {
        Need::Role(role, _) => json.raw(r#"{"slug":"#).text(&catalog.roles()[role].slug).raw("}"),
        Need::Goal(_) => json.raw("null"),
    };
    json.raw(r#","chain":"#);
    json.list(&reason.chain, |json, &at| step_name(json, catalog, roadmap.steps[at].step)).raw("}");
}
