//! Exports as their readers get them: each is read back by a parser of its format and compared with what the API answers.

mod calendar;
mod data;
mod document;
mod drawing;

use serde_json::{Value, json};

use crate::app::App;

const QUERY: &str = "query Export($input: RoadmapInput!, $format: RoadmapFormat!) {
  roadmap(input: $input) {
    export(format: $format)
    hours
    milestones {
      title
      steps {
        position
        step { topic { slug title } level hours outcome practice }
        startsOn
        finishesOn
        deferred
        needs { step { topic { slug } level } }
        coverage { hours section resource { title url price } }
      }
    }
    resources { picks { resource { slug } } }
  }
}";

/// A roadmap as the API answers it, with its export.
struct Exported {
    text: String,
    roadmap: Value,
}

impl Exported {
    fn new(app: &App, format: &str, input: &Value) -> Self {
        let answer = app.ask_blocking(QUERY, &json!({ "input": input, "format": format }));
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        let roadmap = answer["data"]["roadmap"].clone();
        Self { text: roadmap["export"].as_str().unwrap().to_owned(), roadmap }
    }

    /// Of the catalogue whose texts mean something to one format or another.
    fn nasty(format: &str) -> Self {
        let exported = Self::new(&App::nasty(), format, &json!({ "to": "writer", "finishBy": "2026-01-20" }));
        assert_eq!(exported.steps().len(), 13, "all of it is on the roadmap");
        exported
    }

    fn milestones(&self) -> &[Value] {
        self.roadmap["milestones"].as_array().unwrap()
    }

    /// The steps, in order.
    fn steps(&self) -> Vec<&Value> {
        self.milestones().iter().flat_map(|milestone| milestone["steps"].as_array().unwrap()).collect()
    }
}

/// `Spring Boot proficient`.
fn title(planned: &Value) -> String {
    let level = planned["step"]["level"].as_str().unwrap().to_lowercase();
    format!("{} {level}", planned["step"]["topic"]["title"].as_str().unwrap())
}

/// `spring-boot@PROFICIENT`.
fn name(planned: &Value) -> String {
    let step = &planned["step"];
    format!("{}@{}", step["topic"]["slug"].as_str().unwrap(), step["level"].as_str().unwrap())
}

fn outcome(planned: &Value) -> &str {
    planned["step"]["outcome"].as_str().unwrap()
}

/// With a role held, a goal beside the role, alternatives, prices, a step without a resource, and a last day by which only some of it fits.
fn small_input() -> Value {
    json!({
        "from": "developer",
        "to": "architect",
        "skills": [{ "topic": "java", "level": "WORKING" }],
        "prefer": ["java"],
        "goals": [{ "topic": "docker", "level": "WORKING" }],
        "startOn": "2026-02-02",
        "finishBy": "2026-03-10",
        "pauses": [{ "from": "2026-02-10", "to": "2026-02-20" }],
    })
}

/// A role with what is already held.
fn nothing_to_learn() -> Value {
    json!({ "from": "developer", "to": "developer" })
}

#[test]
fn text_formats_look_like_this() {
    let app = App::small();
    for format in ["MARKDOWN", "ICALENDAR", "JSON", "CSV"] {
        let text = Exported::new(&app, format, &small_input()).text;
        insta::assert_snapshot!(format!("small_{}", format.to_lowercase()), text);
    }
}
