//! The README's first query is answered as the README says.

use std::path::Path;

use serde_json::Value;

use crate::app::App;

#[test]
fn the_first_query_has_its_real_answer() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(file).unwrap();
    let block =
        |language: &str| text.split(&format!("```{language}\n")).nth(1).unwrap().split("```").next().unwrap();
    let answer = App::embedded().ask(block("graphql"));
    let shown: Value = serde_json::from_str(block("json")).unwrap_or_default();
    assert_eq!(answer, shown, "the real answer is:\n{answer:#}");
}
