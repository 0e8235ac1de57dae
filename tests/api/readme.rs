//! The README's first query is answered as the README says, and its picture is that of the same roadmap.
//!
//! After a change of the catalogue: `WAYMARK_UPDATE=1 cargo test --test api readme`.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::app::App;

/// A step stands in the picture from these on: all of them would not be legible.
const WEIGHT: i64 = 2;
const HOURS: f64 = 18.0;

/// The text of the first block in a language.
fn block<'t>(text: &'t str, language: &str) -> &'t str {
    text.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap()
}

/// The README as it should be.
fn current(text: &str) -> String {
    let query = block(text, "graphql");
    let answer = App::embedded().ask(query);
    assert_eq!(answer["errors"], Value::Null, "{answer:#}");
    let shown = indented(&App::embedded().ask_text(query)) + "\n";
    let (before, _) = query.split_once("hours\n").unwrap();
    let steps = "milestones { title steps { step { topic { title } level hours } weight startsOn finishesOn critical } } } }";
    let roadmap = App::embedded().ask(&format!("{before}{steps}"));
    text.replace(block(text, "json"), &shown)
        .replace(block(text, "mermaid"), &picture(&roadmap["data"]["roadmap"]))
}

/// JSON with a line for each value, in the order in which it came.
fn indented(json: &str) -> String {
    let (mut text, mut depth, mut is_string, mut is_escaped) = (String::new(), 0_usize, false, false);
    for c in json.chars() {
        let line = |depth: usize| format!("\n{:1$}", "", 2 * depth);
        match c {
            _ if is_string => {
                is_string = c != '"' || is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                text.push(c);
            }
            '{' | '[' => {
                depth += 1;
                text = text + &c.to_string() + &line(depth);
            }
            '}' | ']' => {
                depth -= 1;
                text = text + &line(depth) + &c.to_string();
            }
            ',' => text = text + "," + &line(depth),
            ':' => text += ": ",
            '"' => {
                is_string = true;
                text.push(c);
            }
            _ => text.push(c),
        }
    }
    text
}

/// The weightiest steps as a Gantt chart.
fn picture(roadmap: &Value) -> String {
    let mut text = String::from(
        "gantt\n  title From mid-level to backend architect at six hours a week (the steps of the greatest weight)\n",
    );
    text += "  dateFormat YYYY-MM-DD\n  axisFormat %Y\n";
    for milestone in roadmap["milestones"].as_array().unwrap() {
        writeln!(text, "  section {}", milestone["title"].as_str().unwrap()).unwrap();
        let steps = milestone["steps"].as_array().unwrap().iter();
        let weighty = |step: &&Value| {
            step["weight"].as_i64().unwrap() >= WEIGHT && step["step"]["hours"].as_f64().unwrap() >= HOURS
        };
        for step in steps.filter(weighty) {
            let (topic, level) = (&step["step"]["topic"]["title"], &step["step"]["level"]);
            let level = level.as_str().unwrap().to_lowercase();
            let critical = if step["critical"] == true { "crit, " } else { "" };
            let [from, to] = ["startsOn", "finishesOn"].map(|day| step[day].as_str().unwrap());
            writeln!(text, "  {} {level} :{critical}{from}, {to}", topic.as_str().unwrap()).unwrap();
        }
    }
    text
}

#[test]
fn the_first_query_has_its_real_answer_and_its_picture() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let current = current(&text);
    if std::env::var_os("WAYMARK_UPDATE").is_some() {
        std::fs::write(&file, &current).unwrap();
    }
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text == current, "README.md is old: run WAYMARK_UPDATE=1 cargo test --test api readme");
}
