//! A lower layer names no higher one: the arrows of `docs/ARCHITECTURE.md`, read from the sources.

use std::path::{Path, PathBuf};

/// Each layer of `src/` with those that it may name.
const ARROWS: [(&str, &[&str]); 13] = [
    (
        "cli",
        &[
            "accounts",
            "catalog",
            "config",
            "dates",
            "graphql",
            "http",
            "render",
            "service",
            "store",
            "telemetry",
            "text",
        ],
    ),
    ("http", &["catalog", "config", "graphql", "service", "telemetry"]),
    (
        "graphql",
        &[
            "accounts",
            "catalog",
            "config",
            "dates",
            "learning",
            "render",
            "service",
            "store",
            "telemetry",
            "text",
        ],
    ),
    ("service", &["accounts", "catalog", "dates", "learning", "store", "telemetry"]),
    ("learning", &["dates"]),
    ("accounts", &[]),
    ("render", &["dates"]),
    ("store", &["dates"]),
    ("catalog", &["dates", "text"]),
    ("config", &[]),
    ("dates", &[]),
    ("telemetry", &[]),
    ("text", &[]),
];

#[test]
fn arrows_point_down_only() {
    for (layer, below) in ARROWS {
        for (file, text) in sources(layer) {
            for (other, _) in ARROWS.iter().filter(|(other, _)| *other != layer && !below.contains(other)) {
                let named = text
                    .lines()
                    .find(|line| line.contains(&format!("crate::{other}::")) || imports(line, other));
                assert!(
                    named.is_none(),
                    "{}: {layer} must not name {other}: {}",
                    file.display(),
                    named.unwrap_or_default()
                );
            }
        }
    }
}

#[test]
fn every_module_of_the_source_is_a_layer() {
    let mut modules: Vec<String> = std::fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "main" && name != "lib")
        .collect();
    modules.sort();
    let mut layers: Vec<_> = ARROWS.iter().map(|(layer, _)| (*layer).to_owned()).collect();
    layers.sort();
    assert_eq!(modules, layers);
}

#[test]
fn the_planner_is_pure() {
    let manifest = std::fs::read_to_string(root().join("planner/Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split('[').next().unwrap();
    let named: Vec<&str> =
        dependencies.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    assert_eq!(named, ["rustc-hash"], "the planner depends on nothing that does more than hash a number");
    for (file, text) in files(&root().join("planner/src")) {
        for word in ["std::time", "std::fs", "std::net", "std::env", "std::thread", "async fn"] {
            assert!(!text.contains(word), "{}: the planner must not use {word}", file.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for folder in ["src", "planner/src", "entity/src", "migration/src"] {
        for (file, text) in files(&root().join(folder)) {
            let is_test = file.file_stem().is_some_and(|stem| stem == "tests");
            assert!(is_test || text.starts_with("//!"), "{} does not begin with //!", file.display());
        }
    }
}

fn imports(line: &str, layer: &str) -> bool {
    let Some(list) = line.trim().strip_prefix("use crate::{") else { return false };
    list.split(',').any(|item| item.trim().trim_end_matches("};").split("::").next() == Some(layer))
}

/// So that the tables of learners can be distributed by learner: what is joined is of one, since it is joined by whose it is.
#[test]
fn rows_are_joined_by_the_learner_whose_they_are() {
    for (file, text) in files(&root().join("entity/src")) {
        let is_by_learner =
            |line: &&str| line.contains("(Column::LearnerId,") || line.contains("\"Column::LearnerId\"");
        let other = text.lines().filter(|line| line.contains(" from = ")).find(|line| !is_by_learner(line));
        assert!(other.is_none(), "{} relates rows by{}", file.display(), other.unwrap_or_default());
    }
    for (file, text) in files(&root().join("src/store/learners")) {
        for way in [" JOIN ", "JoinType", ".left_join", ".inner_join", ".full_outer_join"] {
            assert!(!text.contains(way), "{} joins by{way}", file.display());
        }
    }
}

fn sources(layer: &str) -> Vec<(PathBuf, String)> {
    let folder = root().join("src").join(layer);
    if folder.is_dir() { files(&folder) } else { vec![read(folder.with_extension("rs"))] }
}

fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(read(path));
        }
    }
    found
}

fn read(path: PathBuf) -> (PathBuf, String) {
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
