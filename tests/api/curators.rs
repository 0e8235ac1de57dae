//! A curator's day: the catalogue is edited while others learn from it, and whoever edits it sees what others did.

use serde_json::{Value, json};
use waymark::accounts::Rank;

use crate::app::{App, Client, step};

/// A curator of a name, signed in.
fn curator<'a>(app: &'a App, name: &str) -> Client<'a> {
    let client = app.learner(name);
    let learners = app.learners();
    app.wait(async {
        let account =
            learners.store.learner_of_address(&format!("{name}@example.org")).await.unwrap().unwrap();
        assert!(learners.store.set_role(account.id, Rank::Curator.name()).await.unwrap());
    });
    client
}

/// What a mutation is refused for: the errors of its field's data.
fn mistakes(client: &Client<'_>, mutation: &str, input: &Value) -> Value {
    let answer = client.tries(mutation, input, "catalog { revision } userErrors { code message field }");
    let payload = &answer["data"][mutation];
    assert!(payload["catalog"].is_null(), "{answer:#}");
    payload["userErrors"].clone()
}

fn revision(client: &Client<'_>) -> Value {
    client.ask("{ catalog { revision } }")["data"]["catalog"]["revision"].clone()
}

/// A topic on the small catalogue.
fn kafka() -> Value {
    json!({
        "slug": "kafka",
        "title": "Kafka",
        "area": "services",
        "summary": "Streams of events.",
        "elective": "Worth it.",
        "levels": [
            { "level": "AWARE", "hours": 3, "outcome": "Says what it is for." },
            {
                "level": "WORKING",
                "hours": 25,
                "outcome": "Builds a consumer.",
                "requires": [{ "anyOf": [step("java", "WORKING"), step("go", "WORKING")] }],
                "recommends": [{ "anyOf": [step("docker", "WORKING")] }],
            },
        ],
        "message": "We use it everywhere.",
    })
}

const DIFF: &str = "diff { kind change slug level formerSlug fields { name before after } }";

#[test]
fn a_topic_is_created_with_its_levels_and_is_there_at_once() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let made = ada.does(
        "createTopic",
        &kafka(),
        &format!(
            "topic {{ slug steps {{ level requires {{ anyOf {{ topic {{ slug }} level }} }} }} }} catalog {{ revision topicCount }}
             revision {{ number author message source }} {DIFF}"
        ),
    );
    assert_eq!(made["catalog"], json!({ "revision": 2, "topicCount": 8 }));
    assert_eq!(made["topic"]["steps"][1]["requires"].as_array().unwrap().len(), 2);
    assert_eq!(
        made["revision"],
        json!({ "number": 2, "author": "ada@example.org", "message": "We use it everywhere.", "source": "edit" })
    );
    let changed: Vec<_> = made["diff"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(changed, ["TOPIC", "STEP", "STEP"]);
    // Everybody sees it from then on.
    assert_eq!(app.ask("{ topic(slug: \"kafka\") { title } }")["data"]["topic"]["title"], "Kafka");
    assert_eq!(
        mistakes(&ada, "createTopic", &kafka()),
        json!([{
            "code": "DUPLICATE",
            "message": "Another topic has the slug \"kafka\": choose a different one.",
            "field": ["input", "slug"],
        }])
    );
}

#[test]
fn what_is_wrong_is_told_where_it_was_entered() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let mut topic = kafka();
    topic["slug"] = json!("Kafka Streams");
    topic["levels"][1]["hours"] = json!(-1);
    topic["levels"][1]["requires"][0]["anyOf"][1] = step("gp", "WORKING");
    let mistakes = mistakes(&ada, "createTopic", &topic);
    let told: Vec<_> = mistakes.as_array().unwrap().iter().map(|one| (&one["code"], &one["field"])).collect();
    assert_eq!(
        told,
        [
            (&json!("INVALID"), &json!(["input", "slug"])),
            (&json!("OUT_OF_RANGE"), &json!(["input", "levels", "1", "hours"])),
            (&json!("UNKNOWN"), &json!(["input", "levels", "1", "requires", "0", "anyOf", "1"])),
        ],
        "{mistakes:#}"
    );
    assert_eq!(mistakes[2]["message"], "There is no topic \"gp\". Did you mean \"go\"?");
    assert_eq!(revision(&ada), 1);
}

#[test]
fn a_requirement_that_closes_a_circle_is_refused_with_the_path() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let input = json!({
        "owner": { "requiredByStep": step("docker", "AWARE") },
        "anyOf": [step("testing", "WORKING"), step("kubernetes", "WORKING")],
    });
    assert_eq!(
        mistakes(&ada, "addRequirement", &input),
        json!([{
            "code": "CYCLE",
            "message": "The requirements would run in a circle: docker@AWARE → kubernetes@WORKING → docker@WORKING → docker@AWARE, \
                        each requires the next.",
            "field": ["input", "anyOf", "1"],
        }])
    );
}

#[test]
fn steps_and_requirements_come_and_go_one_by_one() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let level =
        json!({ "topic": "kubernetes", "level": "EXPERT", "hours": 80, "outcome": "Writes operators." });
    let made = ada.does("createStep", &level, "step { requires { anyOf { level } } }");
    assert_eq!(made["step"]["requires"], json!([{ "anyOf": [{ "level": "WORKING" }] }]));

    let role = json!({ "requiredByRole": "manager" });
    let any_of = json!([step("kubernetes", "WORKING")]);
    ada.does("addRequirement", &json!({ "owner": role, "anyOf": any_of, "weight": 2 }), "owner { id }");
    let changed =
        ada.does("updateRequirement", &json!({ "owner": role, "anyOf": any_of, "weight": 3 }), DIFF);
    assert_eq!(
        changed["diff"],
        json!([{ "kind": "ROLE", "change": "CHANGED", "slug": "manager", "level": null, "formerSlug": null, "fields": [{
            "name": "requires",
            "before": "docker@WORKING, kubernetes@WORKING (weight 2)",
            "after": "docker@WORKING, kubernetes@WORKING (weight 3)",
        }] }])
    );
    ada.does("removeRequirement", &json!({ "owner": role, "anyOf": any_of }), "owner { id }");
    let weighty =
        json!({ "owner": { "requiredByStep": step("java", "WORKING") }, "anyOf": any_of, "weight": 2 });
    assert_eq!(mistakes(&ada, "addRequirement", &weighty)[0]["field"], json!(["input", "weight"]));

    ada.does("updateStep", &json!({ "step": step("java", "WORKING"), "hours": 61.5 }), "step { hours }");
    ada.does("retireStep", &json!({ "step": step("kubernetes", "EXPERT") }), "catalog { stepCount }");
    assert_eq!(
        mistakes(&ada, "retireStep", &json!({ "step": step("docker", "WORKING") }))[0]["code"],
        "IN_USE"
    );
}

#[test]
fn a_renamed_topic_is_found_by_its_old_slug_and_what_refers_to_it_follows() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let made = ada.does(
        "renameTopic",
        &json!({ "slug": "kubernetes", "newSlug": "k8s" }),
        &format!("topic {{ slug }} {DIFF}"),
    );
    assert_eq!(made["topic"]["slug"], "k8s");
    // One thing has changed, although a role and a resource refer to it.
    assert_eq!(made["diff"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&made["diff"][0]["change"], &made["diff"][0]["formerSlug"]),
        (&json!("RENAMED"), &json!("kubernetes"))
    );
    let answer = app.ask("{ topic(slug: \"kubernetes\") { slug } roadmap(input: { to: \"architect\" }) { steps { nodes { step { topic { slug } } } } } }");
    assert_eq!(answer["data"]["topic"]["slug"], "k8s");
    assert!(answer["data"]["roadmap"].to_string().contains("k8s"));
}

#[test]
fn a_retired_topic_is_replaced_wherever_it_was_named() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let in_use = mistakes(&ada, "retireTopic", &json!({ "slug": "java" }));
    assert_eq!(in_use[0]["code"], "IN_USE");
    assert_eq!(in_use[0]["field"], json!(["input", "slug"]));
    assert!(in_use[0]["message"].as_str().unwrap().contains("the role \"developer\""), "{in_use:#}");

    let input = json!({ "slug": "java", "replacement": "go", "message": "One language is enough." });
    let made = ada.does("retireTopic", &input, "replacement { slug } catalog { topicCount }");
    assert_eq!((&made["replacement"]["slug"], &made["catalog"]["topicCount"]), (&json!("go"), &json!(6)));
    let answer = app.ask("{ topic(slug: \"java\") { slug } resource(slug: \"java-book\") { covers { step { topic { slug } level } } } }");
    assert_eq!(answer["data"]["topic"]["slug"], "go");
    assert_eq!(
        answer["data"]["resource"]["covers"],
        json!([
            { "step": { "topic": { "slug": "go" }, "level": "WORKING" } },
            { "step": { "topic": { "slug": "go" }, "level": "PROFICIENT" } },
        ])
    );
}

#[test]
fn areas_roles_and_resources_are_edited_alike() {
    let app = App::small();
    let ada = curator(&app, "ada");
    ada.does("createArea", &json!({ "slug": "data", "title": "Data" }), "area { slug }");
    ada.does("updateArea", &json!({ "slug": "data", "summary": "Where it is kept." }), "area { summary }");
    ada.does("renameArea", &json!({ "slug": "data", "newSlug": "storage" }), "area { slug }");
    let made =
        ada.does("retireArea", &json!({ "slug": "data", "replacement": "services" }), "replacement { slug }");
    assert_eq!(made["replacement"]["slug"], "services");

    let lead = json!({
        "slug": "lead",
        "title": "Lead",
        "summary": "Leads a team.",
        "after": "developer",
        "requires": [{ "anyOf": [step("docker", "WORKING")], "weight": 2 }],
    });
    ada.does("createRole", &lead, "role { requires { weight } }");
    ada.does("updateRole", &json!({ "slug": "manager", "after": "lead" }), "role { after { slug } }");
    let made = ada.does(
        "retireRole",
        &json!({ "slug": "lead", "replacement": "developer" }),
        "replacement { next { slug } }",
    );
    assert_eq!(made["replacement"]["next"], json!([{ "slug": "architect" }, { "slug": "manager" }]));
    let second_root = mistakes(&ada, "updateRole", &json!({ "slug": "manager", "after": null }));
    assert_eq!(second_root[0]["code"], "INVALID");

    let course = json!({
        "slug": "go-course",
        "title": "Go for all",
        "kind": "COURSE",
        "url": "https://example.org/go",
        "price": 12.5,
        "covers": [{ "step": step("go", "WORKING"), "hours": 40, "section": "All" }],
    });
    ada.does("createResource", &course, "resource { quality language }");
    let change = json!({ "slug": "go-course", "year": 2026, "isbn": "9781449373320", "price": 0 });
    let made = ada.does("updateResource", &change, "resource { year price isbn url }");
    assert_eq!(made["resource"]["url"], "https://example.org/go");
    let bad = mistakes(
        &ada,
        "updateResource",
        &json!({ "slug": "go-course", "url": "example", "language": "tongue!" }),
    );
    assert_eq!(bad[0]["field"], json!(["input", "language"]));
    ada.does("retireResource", &json!({ "slug": "go-course" }), "catalog { resourceCount }");
}

#[test]
fn two_curators_do_not_undo_each_others_work() {
    let app = App::small();
    let (ada, grace) = (curator(&app, "ada"), curator(&app, "grace"));
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
    let ada = curator(&app, "ada");
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
fn what_would_come_of_it_can_be_seen_first() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let input = json!({ "slug": "go", "title": "Golang", "dryRun": true });
    let made = ada.does(
        "updateTopic",
        &input,
        &format!("topic {{ title }} catalog {{ revision }} revision {{ number }} {DIFF}"),
    );
    assert_eq!((&made["catalog"]["revision"], &made["revision"]), (&json!(1), &Value::Null));
    assert_eq!(made["diff"][0]["fields"], json!([{ "name": "title", "before": "Go", "after": "Golang" }]));
    assert_eq!(made["topic"]["title"], "Go");
    let mut topic = kafka();
    topic["dryRun"] = json!(true);
    let made = ada.does("createTopic", &topic, "topic { slug } diff { slug }");
    assert_eq!(made["topic"], Value::Null);
    assert_eq!(revision(&ada), 1);
    // What changes nothing makes no revision.
    let made =
        ada.does("updateTopic", &json!({ "slug": "go", "title": "Go" }), "revision { number } diff { slug }");
    assert_eq!(made, json!({ "revision": { "number": 1 }, "diff": [], "userErrors": [] }));
}

#[test]
fn a_whole_catalogue_is_imported_as_text() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml")).unwrap();
    let changed = text.replace("hours: 28", "hours: 30");
    let dry = ada.does("importCatalog", &json!({ "text": changed, "dryRun": true }), DIFF);
    assert_eq!(dry["diff"][0]["fields"], json!([{ "name": "hours", "before": "28", "after": "30" }]));
    let made = ada.does("importCatalog", &json!({ "text": changed }), "revision { number source }");
    assert_eq!(made["revision"], json!({ "number": 2, "source": "import" }));

    let broken = text.replace("requires: [docker@WORKING] }\nroles", "requires: [dokcer@WORKING] }\nroles");
    assert_ne!(broken, text);
    let mistakes = mistakes(&ada, "importCatalog", &json!({ "text": broken }));
    assert_eq!(mistakes[0]["field"], json!(["input", "text"]));
    let message = mistakes[0]["message"].as_str().unwrap();
    assert!(message.starts_with("Line 5") && message.ends_with("did you mean \"docker\"?"), "{message}");
}

#[test]
fn the_catalogue_can_be_what_it_was() {
    let app = App::small();
    let ada = curator(&app, "ada");
    ada.does("retireTopic", &json!({ "slug": "java", "replacement": "go" }), "catalog { revision }");
    let made = ada.does(
        "revertCatalog",
        &json!({ "revision": 1, "message": "Too soon." }),
        "revision { number source } diff { slug change }",
    );
    assert_eq!(made["revision"], json!({ "number": 3, "source": "revert" }));
    assert_eq!(app.ask("{ topic(slug: \"java\") { slug } }")["data"]["topic"]["slug"], "java");
    let unknown = mistakes(&ada, "revertCatalog", &json!({ "revision": 9 }));
    assert_eq!(
        (&unknown[0]["code"], &unknown[0]["field"]),
        (&json!("UNKNOWN"), &json!(["input", "revision"]))
    );
}

#[test]
fn curators_see_who_has_changed_what() {
    let app = App::small();
    let (ada, grace) = (curator(&app, "ada"), curator(&app, "grace"));
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
    let account = json!({ "password": crate::app::PASSWORD });
    ada.does("deleteAccount", &account, "");
    let answer = grace.ask("{ catalogRevisions { nodes { author } } }");
    let authors = answer["data"]["catalogRevisions"]["nodes"].clone();
    assert_eq!(authors, json!([{ "author": "grace@example.org" }, { "author": null }, { "author": null }]));
}

#[test]
fn a_revision_that_another_server_has_made_is_edited_on() {
    let app = App::small();
    let ada = curator(&app, "ada");
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

/// A body of the parts of an upload.
fn upload(operations: &Value, file: &str) -> String {
    let part = |name: &str, text: &str| {
        format!(
            "--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
        )
    };
    let map = json!({ "0": ["variables.input.upload"] }).to_string();
    format!(
        "{}{}{}--x--\r\n",
        part("operations", &operations.to_string()),
        part("map", &map),
        part("0", file)
    )
}

#[test]
fn a_catalogue_larger_than_a_body_is_uploaded() {
    let app = App::small();
    let ada = curator(&app, "ada");
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml")).unwrap();
    let text = format!("{}\n# {}\n", text.replace("hours: 28", "hours: 30"), "x".repeat(1_100_000));
    let operations = json!({
        "query": "mutation M($input: ImportCatalogInput!) { importCatalog(input: $input) { diff { slug } userErrors { message } } }",
        "variables": { "input": { "upload": null } },
    });
    let send = |client: &Client<'_>, file: &str, header: &str| {
        let mut request = client.request(&Value::Null, &[(header, "1")]);
        *request.body_mut() = axum::body::Body::from(upload(&operations, file));
        let kind = "multipart/form-data; boundary=x".parse().unwrap();
        request.headers_mut().insert("content-type", kind);
        let answer = app.send(request);
        (answer.status().as_u16(), serde_json::from_slice::<Value>(answer.body()).unwrap())
    };
    // A form of another site can send parts, but no such header.
    let (status, answer) = send(&ada, &text, "x-other");
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (403, &json!("FORBIDDEN")));
    // So much is read of those alone who say who they are.
    let (status, _) = send(&app.client(), &text, "graphql-require-preflight");
    assert_eq!(status, 401);
    let (status, answer) = send(&ada, &text, "graphql-require-preflight");
    assert_eq!(
        (status, &answer["data"]["importCatalog"]["diff"][0]["slug"]),
        (200, &json!("kubernetes")),
        "{answer:#}"
    );
    let (_, answer) = send(&ada, "areas: 1", "apollo-require-preflight");
    let message = answer["data"]["importCatalog"]["userErrors"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("The file: the list \"topics\" is missing"), "{message}");
    let (status, answer) = send(&ada, &"x".repeat(9 << 20), "graphql-require-preflight");
    assert_eq!(status, 413, "{answer:#}");
}
