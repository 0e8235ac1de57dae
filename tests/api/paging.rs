//! Connections, after the Relay cursor specification.

use serde_json::{Value, json};

use crate::app::App;

fn slugs(page: &Value) -> Vec<&str> {
    page["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap()).collect()
}

fn page(app: &App, arguments: &str) -> Value {
    let query = format!(
        "{{ topics{arguments} {{ totalCount nodes {{ slug }} edges {{ cursor node {{ slug }} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    app.ask(&query)["data"]["topics"].clone()
}

#[test]
fn pages_forward_and_back_meet() {
    let app = App::small();
    let all = page(&app, "");
    let all = slugs(&all);
    let first = page(&app, "(first: 3)");
    assert_eq!((slugs(&first), first["totalCount"].as_i64()), (all[..3].to_vec(), Some(7)));
    let after = page(&app, &format!("(first: 9, after: {})", first["pageInfo"]["endCursor"]));
    assert_eq!(slugs(&after), all[3..]);
    assert_eq!(after["pageInfo"]["hasNextPage"], json!(false));
    assert_eq!(after["pageInfo"]["hasPreviousPage"], json!(true));
    let before = page(&app, &format!("(last: 2, before: {})", after["pageInfo"]["startCursor"]));
    assert_eq!(slugs(&before), all[1..3]);
    assert_eq!(before["edges"][1]["node"]["slug"], all[2]);
}

#[test]
fn a_page_is_counted_from_one_end_and_has_1_to_100_items() {
    let app = App::small();
    for (arguments, argument) in [
        ("(first: 1, last: 1)", "last"),
        ("(first: 0)", "first"),
        ("(last: 101)", "last"),
        ("(first: -5)", "first"),
        ("(after: \"nonsense\")", "after"),
    ] {
        let answer = app.ask(&format!("{{ topics{arguments} {{ totalCount }} }}"));
        assert_eq!(answer["errors"][0]["extensions"]["argument"], argument, "{arguments}");
    }
}

#[test]
fn nodes_keep_the_order_and_the_length_of_their_ids() {
    let app = App::small();
    let answer = app
        .ask("{ topic(slug: \"java\") { id step(level: WORKING) { id } } role(slug: \"manager\") { id } }");
    let ids = [
        &answer["data"]["role"]["id"],
        &json!("none"),
        &answer["data"]["topic"]["step"]["id"],
        &answer["data"]["topic"]["id"],
    ];
    let answer = app.ask_blocking(
        "query N($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Step { outcome } } }",
        &json!({ "ids": ids }),
    );
    let nodes = &answer["data"]["nodes"];
    assert_eq!(nodes[1], Value::Null);
    assert_eq!(
        [&nodes[0]["__typename"], &nodes[2]["__typename"], &nodes[3]["__typename"]],
        ["Role", "Step", "Topic"]
    );
    assert_eq!(nodes[2]["id"], *ids[2]);
}
