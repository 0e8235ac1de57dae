//! The identity of a catalogue: equal for equal catalogues, and another one for any change of any field.

use std::collections::BTreeSet;

use serde_json::Value;
use waymark::catalog::{CatalogId, json_schema, parse};

/// A catalogue in which every property of the file format has a value.
const FULL: &str = include_str!("../fixtures/full.json");

/// Where a value is in a tree: keys and indexes.
type Path = Vec<String>;

fn paths(value: &Value, here: &Path, all: &mut Vec<Path>) {
    all.push(here.clone());
    let below = |key: String| here.iter().cloned().chain([key]).collect();
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| paths(value, &below(key.clone()), all));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| paths(item, &below(i.to_string()), all));
        }
        _ => {}
    }
}

fn texts(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) => [text.clone()].into(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, value)| texts(value).into_iter().chain([key.clone()])).collect()
        }
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        _ => BTreeSet::new(),
    }
}

/// The path as a JSON pointer (RFC 6901).
fn pointer(path: &[String]) -> String {
    let escaped = path.iter().map(|key| key.replace('~', "~0").replace('/', "~1"));
    escaped.fold(String::new(), |pointer, key| pointer + "/" + &key)
}

/// The tree with something else at a path.
fn with(tree: &Value, path: &[String], change: impl FnOnce(&mut Value)) -> Value {
    let mut tree = tree.clone();
    let pointer = pointer(path);
    change(tree.pointer_mut(&pointer).unwrap());
    tree
}

/// Everything that a tree can become by one change at a path.
fn changed(tree: &Value, path: &[String], pool: &BTreeSet<String>) -> Vec<Value> {
    let pointer = pointer(path);
    let mut all = Vec::new();
    match tree.pointer(&pointer).unwrap() {
        Value::String(text) => {
            all.push(with(tree, path, |value| *value = format!("{text}x").into()));
            // One more digit would not do for numbers of a fixed length.
            all.push(with(tree, path, |value| *value = text.replace('4', "5").into()));
            all.extend(pool.iter().map(|other| with(tree, path, |value| *value = other.as_str().into())));
        }
        Value::Number(number) => {
            let next = number.as_f64().unwrap() + 1.0;
            all.push(with(tree, path, |value| *value = next.into()));
            all.push(with(tree, path, |value| *value = (number.as_i64().unwrap() + 1).into()));
        }
        Value::Array(items) => {
            for place in 0..items.len() {
                all.push(with(tree, path, |list| drop(list.as_array_mut().unwrap().remove(place))));
                all.push(with(tree, path, |list| list.as_array_mut().unwrap().rotate_left(place)));
            }
        }
        Value::Object(fields) => {
            for key in fields.keys() {
                all.push(with(tree, path, |map| drop(map.as_object_mut().unwrap().remove(key))));
                for level in ["AWARE", "WORKING", "PROFICIENT", "EXPERT"] {
                    all.push(with(tree, path, |map| {
                        let map = map.as_object_mut().unwrap();
                        let value = map.remove(key).unwrap();
                        map.insert(level.to_owned(), value);
                    }));
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
    all
}

/// All names of properties in a schema.
fn properties(schema: &Value, all: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get("properties") {
                all.extend(properties.keys().cloned());
            }
            fields.values().for_each(|value| properties(value, all));
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, all)),
        _ => {}
    }
}

#[test]
fn any_change_of_any_field_is_another_catalogue_and_nothing_else_is() {
    let tree: Value = serde_json::from_str(FULL).unwrap();
    let catalog = parse("full.json", FULL.as_bytes()).unwrap();
    let id = CatalogId::of(&catalog);
    let (mut all, pool) = (Vec::new(), texts(&tree));
    paths(&tree, &Vec::new(), &mut all);
    let (mut seen, mut equal) = (BTreeSet::new(), 0);
    for path in all {
        for changed in changed(&tree, &path, &pool) {
            let Ok(other) = parse("changed.json", changed.to_string().as_bytes()) else { continue };
            let is_equal = other == catalog;
            assert_eq!(CatalogId::of(&other) == id, is_equal, "at {path:?}: {changed:#}");
            equal += usize::from(is_equal);
            if !is_equal {
                seen.extend(path.iter().filter(|key| key.parse::<usize>().is_err()).cloned());
            }
        }
    }
    assert!(equal > 0, "some changes are none, such as another order of areas");
    let mut properties_of_files = BTreeSet::new();
    properties(&json_schema(None).unwrap(), &mut properties_of_files);
    // The level that a topic does not define here.
    properties_of_files.remove("EXPERT");
    let missing: Vec<_> = properties_of_files.difference(&seen).collect();
    assert!(missing.is_empty(), "no change was made of {missing:?}: give them a value in full.json");
}
