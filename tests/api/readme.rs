//! The README's first query is answered as the README says.
//!
//! After a change of the catalogue: `WAYMARK_UPDATE=1 cargo test --test api readme`.

use std::path::Path;

use serde_json::Value;

use crate::app::App;

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
    text.replace(block(text, "json"), &shown)
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

#[test]
fn the_first_query_has_its_real_answer() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let current = current(&text);
    if std::env::var_os("WAYMARK_UPDATE").is_some() {
        std::fs::write(&file, &current).unwrap();
    }
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text == current, "README.md is old: run WAYMARK_UPDATE=1 cargo test --test api readme");
}
