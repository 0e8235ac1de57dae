//! Curators among others: what they did is seen, and not undone.

use serde_json::{Value, json};

use super::{mistakes, revision};
use crate::app::{App, PASSWORD, step};

#[test]
fn two_curators_do_not_undo_each_others_work() {
    let app = App::small();
    let (ada, grace) = (app.curator("ada"), app.curator("grace"));
    let seen = revision(&grace);
    ada.does(
        "updateTopic",
        &json!({ "slug": "go", "title": "Golang", "message": "As people say." }),
        "topic { title }",
    );
    let input = json!({ "slug": "go", "title": "The Go language", "expectedRevision": seen });
    let answer = grace.tries("updateTopic", &input, "topic { title } userErrors { code }");
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "CONFLICT", "{answer:#}");
    assert_eq!(error["extensions"]["currentRevision"], 2);
    assert_eq!(
        error["extensions"]["changes"],
        json!([{
            "revision": 2,
            "author": "ada@example.org",
            "message": "As people say.",
            "importedAt": "2026-01-05T12:00:00+00:00",
            "entries": [{ "kind": "TOPIC", "change": "CHANGED", "slug": "go", "level": null, "title": "Golang" }],
        }])
    );
    assert!(error["message"].as_str().unwrap().contains("changed by ada@example.org"), "{error:#}");
    // Having seen it she may, and who does not say what she has seen is taken to have seen all.
    for (expected, title) in [(json!(2), "Go"), (Value::Null, "Go!")] {
        let input = json!({ "slug": "go", "title": title, "expectedRevision": expected });
        grace.does("updateTopic", &input, "topic { title }");
    }
    assert_eq!(revision(&ada), 4);
}

#[test]
fn several_edits_are_one_revision_or_none() {
    let app = App::small();
    let ada = app.curator("ada");
    let edits = json!([
        { "createArea": { "slug": "data", "title": "Data" } },
        { "updateTopic": { "slug": "docker", "area": "data" } },
        { "renameTopic": { "slug": "docker", "newSlug": "containers" } },
        { "addRequirement": { "owner": { "requiredByRole": "developer" }, "anyOf": [step("containers", "AWARE")] } },
    ]);
    let made = ada.does(
        "editCatalog",
        &json!({ "edits": edits, "message": "Data" }),
        "catalog { revision } diff { slug }",
    );
    assert_eq!(made["catalog"]["revision"], 2);
    let wrong = json!([
        { "updateTopic": { "slug": "go", "title": "Golang" } },
        { "updateTopic": { "slug": "gopher", "title": "Golang" } },
    ]);
    assert_eq!(
        mistakes(&ada, "editCatalog", &json!({ "edits": wrong }))[0]["field"],
        json!(["input", "edits", "1", "updateTopic", "slug"])
    );
    let own_terms = json!([{ "retireResource": { "slug": "java-docs", "dryRun": true } }]);
    assert_eq!(
        mistakes(&ada, "editCatalog", &json!({ "edits": own_terms }))[0]["field"],
        json!(["input", "edits", "0", "retireResource"])
    );
    assert_eq!(mistakes(&ada, "editCatalog", &json!({ "edits": [] }))[0]["code"], "OUT_OF_RANGE");
    assert_eq!(revision(&ada), 2);
}

#[test]
fn curators_see_who_has_changed_what() {
    let app = App::small();
    let (ada, grace) = (app.curator("ada"), app.curator("grace"));
    ada.does("updateTopic", &json!({ "slug": "go", "title": "Golang" }), "topic { title }");
    grace.does(
        "renameTopic",
        &json!({ "slug": "go", "newSlug": "golang", "message": "So it is." }),
        "topic { slug }",
    );
    let query = "{ catalogRevisions(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { number author message diff { change slug } } } }";
    let page = grace.ask(query)["data"]["catalogRevisions"].clone();
    assert_eq!(
        page["nodes"],
        json!([
            { "number": 3, "author": "grace@example.org", "message": "So it is.", "diff": [{ "change": "RENAMED", "slug": "golang" }] },
            { "number": 2, "author": "ada@example.org", "message": null, "diff": [{ "change": "CHANGED", "slug": "go" }] },
        ])
    );
    assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(3), &json!(true)));
    let query = format!(
        "{{ catalogRevisions(after: {}) {{ nodes {{ number author diff {{ slug }} }} }} catalogDiff(from: 3, to: 1) {{ change slug formerSlug }} }}",
        page["pageInfo"]["endCursor"]
    );
    let answer = grace.ask(&query)["data"].clone();
    assert_eq!(answer["catalogRevisions"]["nodes"], json!([{ "number": 1, "author": null, "diff": null }]));
    assert_eq!(answer["catalogDiff"], json!([{ "change": "RENAMED", "slug": "go", "formerSlug": "golang" }]));
    let answer = grace.ask("{ catalogDiff(from: 1, to: 9) { slug } }");
    assert_eq!(answer["errors"][0]["extensions"]["argument"], "to");
    // Who is gone is not named any more.
    let account = json!({ "password": PASSWORD });
    ada.does("deleteAccount", &account, "");
    let answer = grace.ask("{ catalogRevisions { nodes { author } } }");
    let authors = answer["data"]["catalogRevisions"]["nodes"].clone();
    assert_eq!(authors, json!([{ "author": "grace@example.org" }, { "author": null }, { "author": null }]));
}

/// Revisions stay as they are, and reading two catalogues takes long.
#[test]
fn what_is_different_from_the_revision_before_is_remembered() {
    let app = App::small();
    let ada = app.curator("ada");
    ada.does("updateTopic", &json!({ "slug": "go", "title": "Golang" }), "topic { title }");
    ada.does("updateTopic", &json!({ "slug": "go", "title": "Gopher" }), "topic { title }");
    // Whoever has made the edits knows it anyway; another server has to look.
    let (query, other) =
        ("{ catalogRevisions { nodes { number diff { fields { before after } } } } }", app.beside());
    let there = || {
        let scope = other.scope_of(ada.asker(), None);
        let answer = app.wait(async {
            let mut answers = app.events(scope, query).await;
            futures_util::StreamExt::next(&mut answers).await.unwrap().json()
        });
        serde_json::from_slice::<Value>(&answer).unwrap()
    };
    let first = there();
    assert_eq!(
        first["data"]["catalogRevisions"]["nodes"][1]["diff"],
        json!([{ "fields": [{ "before": "Go", "after": "Golang" }] }])
    );
    app.execute("UPDATE catalog_revisions SET content = NULL");
    assert_eq!((&there(), &ada.ask(query)), (&first, &first));
    let further = ada.ask("{ catalogDiff(from: 1, to: 3) { slug } }");
    assert_eq!(further["errors"][0]["extensions"]["argument"], "from");
}

#[test]
fn a_revision_that_another_server_has_made_is_edited_on() {
    let app = App::small();
    let ada = app.curator("ada");
    let (store, stale) = (app.learners().store.clone(), app.world.current.pin());
    ada.does("updateTopic", &json!({ "slug": "go", "title": "Golang" }), "topic { title }");
    // This server has not heard of it yet.
    app.world.current.swap(stale);
    let made = ada.does(
        "updateTopic",
        &json!({ "slug": "java", "title": "Java!" }),
        "catalog { revision } diff { slug }",
    );
    assert_eq!((&made["catalog"]["revision"], made["diff"].as_array().unwrap().len()), (&json!(3), 1));
    let query = "{ topic(slug: \"go\") { title } }";
    assert_eq!(app.ask(query)["data"]["topic"]["title"], "Golang");
    assert_eq!(app.wait(store.current_revision()).unwrap().unwrap().number, 3);
}

/// A client that got no answer asks again, by the revision that it had seen: that is no conflict with itself.
#[test]
fn an_edit_that_is_asked_for_twice_is_made_once() {
    let app = App::small();
    let (ada, grace) = (app.curator("ada"), app.curator("grace"));
    let edit = json!({ "slug": "go", "title": "Golang", "expectedRevision": 1, "clientMutationId": "title" });
    let selection =
        "clientMutationId topic { title } revision { number author } diff { slug fields { before after } }";
    let first = ada.does("updateTopic", &edit, selection);
    assert_eq!(first["revision"]["number"], 2);
    assert_eq!(ada.does("updateTopic", &edit, selection), first);
    // What others do then stays.
    grace.does("updateTopic", &json!({ "slug": "go", "title": "The Go language" }), "topic { title }");
    let late = ada.does("updateTopic", &edit, selection);
    assert_eq!((&late["revision"], &late["diff"]), (&first["revision"], &first["diff"]));
    assert_eq!(late["topic"]["title"], "The Go language");
    assert_eq!(revision(&ada), 3);
    let several = json!({
        "edits": [{ "updateTopic": { "slug": "go", "title": "Gopher" } }],
        "clientMutationId": "several",
    });
    for _ in 0..2 {
        ada.does("editCatalog", &several, "revision { number }");
    }
    let revert = json!({ "revision": 1, "clientMutationId": "back" });
    for _ in 0..2 {
        assert_eq!(ada.does("revertCatalog", &revert, "revision { number }")["revision"]["number"], 5);
    }
    assert_eq!(revision(&ada), 5);
}

/// Going back to a slug is a renaming too.
#[test]
fn what_was_recorded_under_a_name_that_is_taken_back_is_still_known() {
    let app = App::small();
    let (ada, grace) = (app.curator("ada"), app.learner("grace"));
    ada.does("renameTopic", &json!({ "slug": "go", "newSlug": "golang" }), "topic { slug }");
    grace.does("recordSkills", &json!({ "skills": [step("golang", "WORKING")] }), "viewer { skillCount }");
    let back = ada.does("revertCatalog", &json!({ "revision": 1 }), "diff { slug formerSlug }");
    assert_eq!(back["diff"], json!([{ "slug": "go", "formerSlug": "golang" }]));
    let known = grace.ask("{ viewer { skills { nodes { topic level } } } topic(slug: \"golang\") { slug aliases viewerLevel } }");
    assert_eq!(known["data"]["viewer"]["skills"]["nodes"], json!([step("go", "WORKING")]));
    assert_eq!(
        known["data"]["topic"],
        json!({ "slug": "go", "aliases": ["golang"], "viewerLevel": "WORKING" })
    );
}

/// Two servers, and a curator at each.
#[test]
fn what_a_curator_does_through_one_server_is_built_upon_through_another() {
    let app = App::small();
    let (ada, grace) = (app.curator("ada"), app.curator("grace"));
    let other = app.beside();
    let title = |slug: &str, title: &str| {
        format!(
            "mutation {{ updateTopic(input: {{ slug: \"{slug}\", title: \"{title}\" }}) {{ revision {{ number }} }} }}"
        )
    };
    let here = ada.ask(&title("go", "Golang"));
    assert_eq!(here["data"]["updateTopic"]["revision"]["number"], 2);
    // Whether or not the other one has heard of it.
    let scope = other.scope_of(grace.asker(), None);
    let there = app.wait(async {
        let mut answers = app.events(scope, &title("java", "JVM")).await;
        futures_util::StreamExt::next(&mut answers).await.unwrap().json()
    });
    assert!(String::from_utf8_lossy(&there).contains("\"number\":3"), "{there:?}");
    let stored = app.wait(waymark::service::stored(&app.learners().store)).unwrap().unwrap();
    let title = |slug: &str| {
        let topic = stored.catalog.topic(slug).unwrap();
        stored.catalog.topics()[topic].title.to_string()
    };
    assert_eq!((&*title("go"), &*title("java")), ("Golang", "JVM"));
}
