//! JSON and CSV, read as programs and spreadsheets read them.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Exported, name, nothing_to_learn, outcome, small_input, title};
use crate::app::App;

/// The rows by the header's names.
fn rows(text: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// A text as a spreadsheet is to show it.
fn shown(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[test]
fn each_step_is_a_row_with_every_text_as_it_stands_in_the_catalogue() {
    let exported = Exported::nasty("CSV");
    let rows = rows(&exported.text);
    assert_eq!(rows.len(), exported.steps().len());
    for (row, planned) in rows.iter().zip(exported.steps()) {
        assert_eq!(row["title"], shown(&title(planned)));
        assert_eq!(row["outcome"], shown(outcome(planned)));
        let resource = &planned["coverage"]["resource"];
        assert_eq!(row["resource"], shown(resource["title"].as_str().unwrap_or_default()));
        assert_eq!(row["resource_url"], resource["url"].as_str().unwrap_or_default());
        let needs: Vec<String> = planned["needs"].as_array().unwrap().iter().map(name).collect();
        assert_eq!(row["needs"], needs.join(" "));
    }
}

#[test]
fn numbers_days_and_truth_values_are_bare() {
    let exported = Exported::nasty("CSV");
    for (row, planned) in rows(&exported.text).iter().zip(exported.steps()) {
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        assert_eq!(Some(number("position")), planned["position"].as_f64());
        assert_eq!(Some(number("hours")), planned["step"]["hours"].as_f64());
        assert_eq!(planned["startsOn"], *row["starts_on"]);
        assert_eq!(planned["finishesOn"], *row["finishes_on"]);
        assert_eq!(planned["deferred"], row["deferred"].parse::<bool>().unwrap());
        let price = planned["coverage"]["resource"]["price"].as_f64();
        assert_eq!(row["resource_price"].parse::<f64>().ok(), price);
    }
}

#[test]
fn no_cell_begins_a_formula() {
    let text = Exported::nasty("CSV").text;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells =
        reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    let cells: Vec<String> = cells.collect();
    assert!(cells.iter().any(|cell| cell.starts_with("'=HYPERLINK")));
    assert!(!cells.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])), "{cells:?}");
}

#[test]
fn rows_end_as_they_must_and_the_header_is_always_there() {
    let text = Exported::new(&App::small(), "CSV", &nothing_to_learn()).text;
    assert!(text.starts_with("position,milestone,topic,") && text.ends_with(",practice_url\r\n"), "{text:?}");
    assert_eq!(text.lines().count(), 1);
    let text = Exported::new(&App::small(), "CSV", &small_input()).text;
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
}

#[test]
fn json_tells_what_the_api_tells() {
    let exported = Exported::nasty("JSON");
    let document: Value = serde_json::from_str(&exported.text).unwrap();
    assert_eq!(document["version"], 2);
    assert_eq!(document["hours"], exported.roadmap["hours"]);
    assert_eq!(document["writtenOn"], "2026-01-05");
    let milestones = document["milestones"].as_array().unwrap();
    let steps: Vec<&Value> = milestones.iter().flat_map(|m| m["steps"].as_array().unwrap()).collect();
    assert_eq!(steps.len(), exported.steps().len());
    for (step, planned) in steps.into_iter().zip(exported.steps()) {
        assert_eq!(step["name"], name(planned));
        for field in ["position", "startsOn", "finishesOn", "deferred"] {
            assert_eq!(step[field], planned[field]);
        }
        for field in ["topic", "level", "hours", "outcome"] {
            assert_eq!(step[field], planned["step"][field]);
        }
        for field in ["title", "url", "price"] {
            assert_eq!(step["resource"][field], planned["coverage"]["resource"][field]);
        }
        assert_eq!(step["resource"]["section"], planned["coverage"]["section"]);
    }
}

#[test]
fn json_gives_a_reason_for_every_step_and_a_price_for_every_alternative() {
    let text = Exported::new(&App::small(), "JSON", &small_input()).text;
    let document: Value = serde_json::from_str(&text).unwrap();
    for step in document["milestones"][0]["steps"].as_array().unwrap() {
        let reasons = step["reasons"].as_array().unwrap();
        assert!(!reasons.is_empty(), "{step:#}");
        assert!(reasons.iter().all(|reason| reason["chain"][0] == step["name"]), "{step:#}");
    }
    let go = json!({ "step": "go-web-services@WORKING", "extraHours": 55.0 });
    let choices = document["choices"].as_array().unwrap();
    assert!(
        choices.iter().any(|choice| choice["alternatives"].as_array().unwrap().contains(&go)),
        "{choices:#?}"
    );
}

#[test]
fn json_without_steps_has_every_field() {
    let app = App::small();
    let keys = |input: &Value| {
        let text = Exported::new(&app, "JSON", input).text;
        let document: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
        document.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(&nothing_to_learn()), keys(&small_input()));
}

#[test]
fn every_column_and_every_field_is_documented() {
    let docs = include_str!("../../../docs/exports.md");
    let app = App::small();
    let header = Exported::new(&app, "CSV", &nothing_to_learn()).text;
    assert!(docs.contains(&format!("`{}`", header.trim_end().replace(',', ", "))), "{header}");
    let document = serde_json::from_str(&Exported::new(&app, "JSON", &small_input()).text).unwrap();
    for field in fields(&document) {
        assert!(docs.contains(&format!("`{field}`")), "{field} is not in docs/exports.md");
    }
}

/// The names of all fields of a document.
fn fields(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => object
            .iter()
            .flat_map(|(field, value)| std::iter::once(field.clone()).chain(fields(value)))
            .collect(),
        Value::Array(items) => items.iter().flat_map(fields).collect(),
        _ => Vec::new(),
    }
}
