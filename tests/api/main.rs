//! The API as its clients use it: queries over the real router and a real database, answers as snapshots. That is SQLite, or PostgreSQL where
//! `WAYMARK_TEST_POSTGRES` names a server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that fails says so

mod access;
mod accounts;
mod app;
mod arguments;
mod audit;
mod caching;
mod caps;
mod clocks;
mod conformance;
mod curators;
mod database;
mod devices;
mod documents;
mod effort;
mod engine;
mod errors;
mod export;
mod following;
mod guide;
mod http;
mod identities;
mod kept;
mod lockout;
mod logs;
mod once;
mod paging;
mod placement;
mod plain;
mod privacy;
mod progress;
mod readme;
mod renamed;
mod replicas;
mod restored;
mod roadmap_ids;
mod secrets;
mod security;
mod skills;
mod study_log;
mod upgrades;

use std::path::Path;

use app::App;
use serde_json::Value;

/// Each file of `queries/` with its variables (the `.json` of the same name) and the answer to it.
#[test]
fn queries_are_answered() {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::glob!("queries/*.graphql", |path| {
            let (query, variables) = read(path);
            insta::assert_json_snapshot!(App::small().ask_blocking(&query, &variables));
        });
    });
}

/// The examples that GraphiQL opens with, on the catalogue that the server brings.
#[test]
fn graphiqls_examples_are_answered() {
    let app = App::embedded();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/graphiql/examples");
    let mut examples: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    examples.retain(|path| path.extension().is_some_and(|ending| ending == "graphql"));
    examples.sort();
    assert!(examples.len() >= 5, "the examples are there");
    for path in examples {
        let (query, variables) = read(&path);
        let answer = app.ask_blocking(&query, &variables);
        if query.contains("\nsubscription ") {
            let said = answer["errors"][0]["message"].as_str().unwrap();
            assert!(said.contains("as a stream"), "{}: {said}", path.display());
            continue;
        }
        let shows_errors = path.to_string_lossy().contains("error");
        assert_eq!(answer.get("errors").is_some(), shows_errors, "{}: {answer:#}", path.display());
    }
}

fn read(path: &Path) -> (String, Value) {
    let query = std::fs::read_to_string(path).unwrap();
    let variables = std::fs::read_to_string(path.with_extension("json")).ok();
    (query, variables.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap()))
}
