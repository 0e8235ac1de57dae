//! What a catalogue should be beyond being valid, and that the embedded one is.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use waymark::catalog::Places;
use waymark::catalog::strict::Rule;
use waymark::catalog::{self, report::report, strict};
use waymark_planner::Catalog;

const THIN: &str = "tests/fixtures/catalog/thin.yaml";
const UNFAIR: &str = "tests/fixtures/catalog/unfair.yaml";

fn findings(placed: &catalog::Placed) -> String {
    let findings = strict::findings(&placed.catalog, &placed.places);
    findings.iter().map(|finding| finding.to_string() + "\n").collect()
}

#[test]
fn everything_that_falls_short_is_said_with_its_place() {
    insta::assert_snapshot!(findings(&catalog::read_placed(THIN).unwrap()));
}

#[test]
fn a_report_tells_what_is_in_a_catalogue() {
    insta::assert_snapshot!(report(&catalog::read("tests/fixtures/small.yaml").unwrap()));
}

#[test]
fn each_rule_has_its_findings_at_their_places() {
    let placed = catalog::read_placed(UNFAIR).unwrap();
    insta::assert_snapshot!(findings(&placed));
    let rules: BTreeSet<Rule> =
        strict::findings(&placed.catalog, &placed.places).iter().map(|finding| finding.rule).collect();
    let all =
        [Rule::Fit, Rule::Practice, Rule::Stacks, Rule::Substitutes, Rule::SecondChoice, Rule::Addresses];
    assert_eq!(rules, all.into());
}

#[test]
fn a_reason_lets_alternatives_be_of_several_areas() {
    let text = std::fs::read_to_string(UNFAIR).unwrap();
    let weighed = "        weight: 2\n";
    assert!(text.contains(weighed));
    let text =
        text.replace(weighed, "        weight: 2\n        reason: Either shows that somebody can teach.\n");
    let catalog = catalog::parse("unfair.yaml", text.as_bytes()).unwrap();
    let said = |catalog: &Catalog| {
        let findings = strict::findings(catalog, &Places::default());
        findings.iter().any(|finding| finding.to_string().contains("areas"))
    };
    assert!(!said(&catalog));
    assert!(said(&catalog::read(UNFAIR).unwrap()));
}

#[test]
fn the_embedded_catalogue_follows_all_rules() {
    let findings = findings(&catalog::embedded_placed().unwrap());
    assert_eq!(findings, "", "waymark check catalog --strict");
}

fn is_valid(schema: Option<&str>, document: &Value) -> bool {
    let schema = catalog::json_schema(schema).unwrap();
    jsonschema::validator_for(&schema).unwrap().is_valid(document)
}

/// The embedded catalogue as one file of JSON.
fn embedded() -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.json");
    catalog::write(&catalog::embedded().unwrap(), &path).unwrap();
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn the_embedded_catalogue_is_as_its_json_schema_says() {
    let whole = embedded();
    assert!(is_valid(None, &whole));
    for list in ["areas", "topics", "roles", "resources"] {
        assert!(is_valid(Some(list), &whole[list]), "{list}");
    }
}

#[test]
fn the_json_schema_marks_what_it_can() {
    let wrong = [
        ("topics", "/0/slug", Value::from("Not A Slug")),
        ("topics", "/0/levels", serde_json::json!({ "MASTER": {} })),
        ("roles", "/0/requires", serde_json::json!(["java"])),
        ("resources", "/0/kind", Value::from("BLOG")),
        ("resources", "/0/url", Value::from("ftp://example.org")),
        ("resources", "/0/covers/0/hours", Value::from(0)),
        ("resources", "/0/titel", Value::Null),
    ];
    let whole = embedded();
    for (list, path, value) in wrong {
        let mut broken = whole[list].clone();
        match broken.pointer_mut(path) {
            Some(place) => *place = value,
            None => broken[0]["titel"] = value,
        }
        assert!(!is_valid(Some(list), &broken), "{list}{path}");
    }
}

/// The files that editors are pointed at.
#[test]
fn the_json_schemas_in_the_documents_are_current() {
    for list in ["areas", "topics", "roles", "resources"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{list}.schema.json"));
        let current = format!("{:#}\n", catalog::json_schema(Some(list)).unwrap());
        assert!(
            std::fs::read_to_string(&path).is_ok_and(|text| text == current),
            "write it anew: cargo run -q -- catalog-schema {list} > docs/schema/{list}.schema.json"
        );
    }
}
