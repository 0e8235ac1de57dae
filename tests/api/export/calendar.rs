//! The calendar, read by the parser of a calendar server.

use std::collections::HashSet;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarStatus,
};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::{Exported, nothing_to_learn, outcome, small_input, title};
use crate::app::App;

fn read(text: &str) -> ICalendar {
    ICalendar::parse(text).unwrap_or_else(|problem| panic!("{problem:?}\n{text}"))
}

fn events(calendar: &ICalendar) -> Vec<&ICalendarComponent> {
    let events = calendar.components.iter();
    events.filter(|part| part.component_type == ICalendarComponentType::VEvent).collect()
}

fn text<'a>(event: &'a ICalendarComponent, property: &ICalendarProperty) -> &'a str {
    let entry = event.property(property).unwrap_or_else(|| panic!("no {property:?} in {event:?}"));
    assert_eq!(entry.values.len(), 1, "{entry:?}");
    entry.values[0].as_text().unwrap()
}

/// A day, which has no time.
fn day(event: &ICalendarComponent, property: &ICalendarProperty) -> NaiveDate {
    let value = event.property(property).unwrap().values[0].as_partial_date_time().unwrap();
    assert_eq!(value.hour, None, "{property:?} is a day, not an instant");
    let (year, month, day) = (value.year.unwrap(), value.month.unwrap(), value.day.unwrap());
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).unwrap()
}

fn date(value: &Value) -> NaiveDate {
    value.as_str().unwrap().parse().unwrap()
}

/// What a calendar's text keeps: all but control characters.
fn kept(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).collect()
}

/// An address without its percent-encoding.
fn decoded(uri: &str) -> String {
    let (first, rest) = uri.split_once('%').map_or((uri, None), |(first, rest)| (first, Some(rest)));
    let parts = rest.into_iter().flat_map(|rest| rest.split('%'));
    let bytes = parts.fold(first.as_bytes().to_vec(), |mut bytes, part| {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
        bytes
    });
    String::from_utf8(bytes).unwrap()
}

/// The UID of each step's event.
fn uids(app: &App, input: &Value) -> Vec<(String, String)> {
    let calendar = read(&Exported::new(app, "ICALENDAR", input).text);
    let mut uids: Vec<_> = events(&calendar)
        .iter()
        .map(|event| (text(event, &ICalendarProperty::Summary).to_owned(), event.uid().unwrap().to_owned()))
        .collect();
    uids.sort();
    uids
}

#[test]
fn each_step_is_an_event_of_its_days() {
    for exported in [Exported::nasty("ICALENDAR"), small()] {
        let calendar = read(&exported.text);
        let events = events(&calendar);
        assert_eq!(events.len(), exported.steps().len());
        for (event, planned) in events.iter().zip(exported.steps()) {
            let after = date(&planned["finishesOn"]).checked_add_days(Days::new(1)).unwrap();
            assert_eq!(day(event, &ICalendarProperty::Dtstart), date(&planned["startsOn"]));
            assert_eq!(day(event, &ICalendarProperty::Dtend), after, "the end is the first day after it");
        }
    }
}

#[test]
fn every_text_comes_back_as_it_stands_in_the_catalogue() {
    let exported = Exported::nasty("ICALENDAR");
    let calendar = read(&exported.text);
    let milestone_of = |planned: &Value| {
        let milestones = exported.milestones().iter();
        let mut own = milestones.filter(|milestone| milestone["steps"].as_array().unwrap().contains(planned));
        own.next().unwrap()["title"].as_str().unwrap().to_owned()
    };
    for (event, planned) in events(&calendar).into_iter().zip(exported.steps()) {
        assert_eq!(text(event, &ICalendarProperty::Summary), kept(&title(planned)));
        assert_eq!(text(event, &ICalendarProperty::Categories), milestone_of(planned));
        let description = text(event, &ICalendarProperty::Description);
        assert!(description.starts_with(&kept(outcome(planned))), "{description}");
        if let Some(url) = planned["coverage"]["resource"]["url"].as_str() {
            let uri = text(event, &ICalendarProperty::Url);
            assert!(uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{uri}");
            assert_eq!(decoded(uri), url);
            assert!(description.contains(url), "{description}");
        } else {
            assert!(!event.has_property(&ICalendarProperty::Url));
        }
    }
}

#[test]
fn no_line_is_longer_than_75_octets_and_every_line_ends_as_it_must() {
    let text = Exported::nasty("ICALENDAR").text;
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(lines.iter().any(|line| line.len() == 75), "lines are filled");
    for line in lines {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{line:?}");
    }
}

#[test]
fn what_separates_values_is_escaped_even_where_a_reader_could_do_without() {
    let text = Exported::nasty("ICALENDAR").text.replace("\r\n ", "");
    let line = r#"SUMMARY:He said "a\, b\; c" \\n and it's so\\ aware"#;
    assert!(text.lines().any(|other| other == line), "{text}");
}

#[test]
fn whoever_replans_finds_the_same_events() {
    let app = App::small();
    let first = uids(&app, &small_input());
    assert_eq!(
        first.iter().map(|(_, uid)| uid).collect::<HashSet<_>>().len(),
        first.len(),
        "UIDs are unique"
    );
    assert_eq!(first, uids(&app, &small_input()), "exported again");
    let mut later = small_input();
    later["startOn"] = json!("2026-05-01");
    later["finishBy"] = Value::Null;
    later["hoursPerWeek"] = json!(12);
    assert_eq!(first, uids(&app, &later), "another pace");
    let mut on_the_way = small_input();
    on_the_way["skills"] =
        json!([{ "topic": "java", "level": "WORKING" }, { "topic": "docker", "level": "WORKING" }]);
    on_the_way["goals"] = json!([]);
    let left = uids(&app, &on_the_way);
    assert!(!left.is_empty() && left.len() < first.len());
    assert!(left.iter().all(|event| first.contains(event)), "what is left, after some of it is learned");
}

#[test]
fn roadmaps_to_other_targets_have_other_events() {
    let app = App::small();
    let goal = |topic: &str| json!({ "topic": topic, "level": "WORKING" });
    let targets = [
        json!({ "to": "manager" }),
        json!({ "to": "architect" }),
        json!({ "goals": [goal("docker")] }),
        json!({ "goals": [goal("docker"), goal("kubernetes")] }),
    ];
    let all: Vec<String> = targets.iter().flat_map(|input| uids(&app, input)).map(|(_, uid)| uid).collect();
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    let goals = json!({ "goals": [goal("kubernetes"), goal("docker")] });
    assert_eq!(uids(&app, &targets[3]), uids(&app, &goals), "the order of goals has no meaning");
}

#[test]
fn what_does_not_fit_is_tentative() {
    let exported = small();
    let calendar = read(&exported.text);
    let steps = exported.steps();
    for deferred in [true, false] {
        assert!(steps.iter().any(|planned| planned["deferred"] == deferred));
    }
    for (event, planned) in events(&calendar).into_iter().zip(steps) {
        let deferred = planned["deferred"] == true;
        let expected = if deferred { ICalendarStatus::Tentative } else { ICalendarStatus::Confirmed };
        assert_eq!(event.status(), Some(&expected));
    }
}

#[test]
fn a_calendar_has_a_component_even_if_there_is_nothing_to_learn() {
    let calendar = read(&Exported::new(&App::small(), "ICALENDAR", &nothing_to_learn()).text);
    let kinds: Vec<_> = calendar.components.iter().map(|part| &part.component_type).collect();
    assert!(kinds.contains(&&ICalendarComponentType::VTimezone) && events(&calendar).is_empty(), "{kinds:?}");
}

#[test]
fn the_last_day_of_the_calendar_has_no_day_after_it() {
    let input = json!({ "to": "manager", "startOn": "9999-12-31" });
    let calendar = read(&Exported::new(&App::small(), "ICALENDAR", &input).text);
    let last = events(&calendar).into_iter().next_back().unwrap();
    assert_eq!(day(last, &ICalendarProperty::Dtstart), NaiveDate::from_ymd_opt(9999, 12, 31).unwrap());
    assert!(!last.has_property(&ICalendarProperty::Dtend), "an event of one day");
}

fn small() -> Exported {
    Exported::new(&App::small(), "ICALENDAR", &small_input())
}
