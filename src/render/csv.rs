//! One row a step, for spreadsheets (RFC 4180).

use std::collections::HashMap;

use csv::{Terminator, WriterBuilder};
use waymark_planner::catalog::Coverage;
use waymark_planner::ids::StepId;

use super::Sheet;
use crate::dates::to_date;

const HEADER: [&str; 22] = [
    "position",
    "milestone",
    "topic",
    "level",
    "title",
    "hours",
    "weight",
    "starts_on",
    "finishes_on",
    "critical",
    "slack_hours",
    "deferred",
    "needs",
    "resource",
    "resource_url",
    "resource_price",
    "outcome",
    "value",
    "study_hours",
    "practice_hours",
    "practice",
    "practice_url",
];

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let (coverages, exercises) = (sheet.coverage(), sheet.exercises());
    let mut bytes = Vec::new();
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut bytes);
    let rows = (0..sheet.roadmap.steps.len()).map(|position| row(sheet, [&coverages, &exercises], position));
    // Writing to memory does not fail, and all rows are as long as the header.
    let _ = writer.write_record(HEADER);
    rows.for_each(|row| {
        let _ = writer.write_record(row);
    });
    drop(writer);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn row(
    sheet: &Sheet<'_>,
    [coverages, exercises]: [&HashMap<StepId, &Coverage>; 2],
    position: usize,
) -> [String; 22] {
    let planned = &sheet.roadmap.steps[position];
    let step = &sheet.catalog.steps()[planned.step];
    let coverage = coverages.get(&planned.step).copied();
    let resource = coverage.map(|coverage| sheet.resource(coverage));
    let exercise = exercises.get(&planned.step).map(|coverage| sheet.resource(coverage));
    let practice = sheet.practice_hours(planned.step, coverage);
    let name = |&position: &usize| sheet.catalog.step_name(sheet.roadmap.steps[position].step);
    let needs: Vec<String> = planned.needs.iter().map(name).collect();
    [
        (position + 1).to_string(),
        text(sheet.milestone_title(&sheet.roadmap.milestones[planned.milestone])),
        text(&sheet.catalog.topics()[step.topic].slug),
        step.level.name().to_owned(),
        text(&sheet.step_title(planned.step)),
        step.hours.as_f64().to_string(),
        planned.weight.to_string(),
        to_date(planned.starts_on).to_string(),
        to_date(planned.finishes_on).to_string(),
        planned.is_critical().to_string(),
        planned.slack.as_f64().to_string(),
        planned.deferred.to_string(),
        text(&needs.join(" ")),
        resource.map_or_else(String::new, |resource| text(&resource.title)),
        resource.map_or_else(String::new, |resource| text(&resource.url)),
        resource.map_or_else(String::new, |resource| resource.price.as_dollars().to_string()),
        text(&step.outcome),
        planned.value.as_f64().to_string(),
        (step.hours - practice).as_f64().to_string(),
        practice.as_f64().to_string(),
        step.practice.as_deref().map_or_else(String::new, text),
        exercise.map_or_else(String::new, |exercise| text(&exercise.url)),
    ]
}

/// A text that no spreadsheet takes for a formula: an apostrophe before what would begin one.
fn text(value: &str) -> String {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{value}")
    } else {
        value.to_owned()
    }
}
