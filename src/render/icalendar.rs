//! A calendar (RFC 5545): one all-day event a step.
//!
//! An event keeps its UID as long as the roadmap leads to the same target, so that whoever replans and imports again finds the events
//! moved instead of doubled.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use waymark_planner::catalog::Coverage;
use waymark_planner::ids::StepId;

use super::sheet::{Sheet, credit, hours, price};
use super::words;
use crate::dates::{to_date, to_day};

/// The octets of a line, without its end.
const WIDTH: usize = 75;

/// A calendar without any component is none: this one stands in where there is no event.
const NO_EVENT: [&str; 8] = [
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// An all-day event.
#[derive(Clone, Debug)]
pub struct Event {
    /// What it is known by, the same whenever it is written again.
    pub uid: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// What it is, in a line.
    pub summary: String,
    /// What there is to say about it, in lines.
    pub description: String,
    /// Where it leads.
    pub url: Option<String>,
    /// What it belongs to.
    pub category: String,
    /// Whether it may not take place.
    pub is_tentative: bool,
}

/// A calendar of a name, as it is on a day.
pub fn calendar(name: &str, events: &[Event], today: NaiveDate) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Waymark//Roadmap//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("X-WR-CALNAME:{}", text(name)),
    ];
    lines.extend(events.iter().flat_map(|event| lines_of(event, today)));
    if events.is_empty() {
        lines.extend(NO_EVENT.map(str::to_owned));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn lines_of(event: &Event, today: NaiveDate) -> Vec<String> {
    // The first day after it. Where there is none any more, the event is of its first day alone.
    let ends_before = to_date(to_day(event.ends_on).plus(1));
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", event.uid),
        // No clock is read: what is written on one day is one revision.
        format!("DTSTAMP:{}T000000Z", day(today)),
        format!("SEQUENCE:{}", to_day(today).0.max(0)),
        format!("DTSTART;VALUE=DATE:{}", day(event.starts_on)),
    ];
    lines.extend((ends_before > event.starts_on).then(|| format!("DTEND;VALUE=DATE:{}", day(ends_before))));
    lines.push(format!("SUMMARY:{}", text(&event.summary)));
    lines.push(format!("DESCRIPTION:{}", text(&event.description)));
    lines.extend(event.url.as_deref().map(|url| format!("URL:{}", uri(url))));
    lines.push(format!("CATEGORIES:{}", text(&event.category)));
    lines.push(format!("STATUS:{}", if event.is_tentative { "TENTATIVE" } else { "CONFIRMED" }));
    // One goes on living: a step makes nobody busy.
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
    lines
}

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let coverages = [sheet.coverage(), sheet.exercises()];
    let positions = 0..sheet.roadmap.steps.len();
    let events: Vec<_> = positions.map(|position| event(sheet, &coverages, position)).collect();
    calendar(&sheet.title(), &events, sheet.today)
}

fn event(sheet: &Sheet<'_>, coverages: &[HashMap<StepId, &Coverage>; 2], position: usize) -> Event {
    let planned = &sheet.roadmap.steps[position];
    let [coverage, exercise] = coverages.each_ref().map(|of_step| of_step.get(&planned.step).copied());
    let milestone = &sheet.roadmap.milestones[planned.milestone];
    Event {
        uid: uid(sheet, planned.step),
        starts_on: to_date(planned.starts_on),
        ends_on: to_date(planned.finishes_on),
        summary: sheet.step_title(planned.step),
        description: description(sheet, [coverage, exercise], position),
        url: coverage.map(|coverage| sheet.resource(coverage).url.to_string()),
        category: sheet.milestone_title(milestone).to_owned(),
        is_tentative: planned.deferred,
    }
}

fn description(sheet: &Sheet<'_>, [coverage, exercise]: [Option<&Coverage>; 2], position: usize) -> String {
    let planned = &sheet.roadmap.steps[position];
    let step = &sheet.catalog.steps()[planned.step];
    let mut said = vec![
        step.outcome.to_string(),
        format!("{} hours", hours(step.hours)),
        format!("Why: {}", words::why(sheet, position)),
    ];
    match coverage {
        Some(coverage) => {
            let resource = sheet.resource(coverage);
            let section = coverage.section.as_ref().map(|section| format!(", {section}")).unwrap_or_default();
            let (hours, price) = (hours(coverage.hours), price(resource.price));
            said.push(format!("With: {}{section} ({hours} h, {price})", credit(resource)));
            said.push(resource.url.to_string());
        }
        None => said.push(format!("With: {}", words::UNCOVERED)),
    }
    said.extend(step.practice.as_ref().map(|practice| format!("Practise: {practice}")));
    if let Some(exercise) = exercise {
        let resource = sheet.resource(exercise);
        said.push(format!("Practise with: {}", credit(resource)));
        said.push(resource.url.to_string());
    }
    if planned.deferred {
        said.push("Later: not everything fits by your last day.".to_owned());
    }
    said.join("\n")
}

/// The first half of the SHA-256 of what the roadmap is for and of the step's name, as 32 hexadecimal digits: the target role, or
/// else the goals. Goals beside a role don't count, so that a goal more or less leaves the other events what they are.
fn uid(sheet: &Sheet<'_>, step: StepId) -> String {
    let catalog = sheet.catalog;
    let request = &sheet.roadmap.request;
    let goals = || request.goals.iter().map(|&goal| catalog.step_name(goal)).collect::<Vec<_>>().join(" ");
    let target = request
        .to
        .map_or_else(|| format!("goals {}", goals()), |role| format!("role {}", catalog.roles()[role].slug));
    let hash = Sha256::digest(format!("{target}\n{}", catalog.step_name(step)));
    let mut uid = String::new();
    for byte in &hash[..16] {
        let _ = write!(uid, "{byte:02x}"); // writing to a string does not fail
    }
    uid + "@waymark"
}

fn day(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

/// A value of the type TEXT: escaped, and without the control characters that it can't have.
fn text(value: &str) -> String {
    let value = value.replace("\r\n", "\n");
    value.chars().fold(String::with_capacity(value.len()), |mut text, c| {
        match c {
            '\n' => text.push_str("\\n"),
            '\\' | ',' | ';' => text.extend(['\\', c]),
            c if c.is_control() && c != '\t' => {}
            c => text.push(c),
        }
        text
    })
}

/// A value of the type URI, which is not escaped: what RFC 3986 knows no place for is percent-encoded.
fn uri(url: &str) -> String {
    url.bytes().fold(String::with_capacity(url.len()), |mut uri, byte| {
        if byte.is_ascii_graphic() && !b"\\^`{|}<>\"".contains(&byte) {
            uri.push(byte.into());
        } else {
            let _ = write!(uri, "%{byte:02X}"); // writing to a string does not fail
        }
        uri
    })
}

/// A content line with its end, broken where it is too long; never inside a character.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > WIDTH {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(c);
        octets += c.len_utf8();
    }
    folded + "\r\n"
}
