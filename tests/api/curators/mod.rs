//! A curator's day: the catalogue is edited while others learn from it, and whoever edits it sees what others did.

mod together;
mod whole;

use serde_json::{Value, json};

use crate::app::{App, Client, step};

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
    let ada = app.curator("ada");
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
    let ada = app.curator("ada");
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

/// Forms show what is wrong beside the field that it is about.
#[test]
fn what_is_wrong_is_told_at_the_very_argument() {
    let app = App::small();
    let ada = app.curator("ada");
    let docker = || json!({ "requiredByRole": "manager" });
    let steps = || json!([step("docker", "WORKING")]);
    let lead = json!({ "slug": "lead", "title": "Lead", "summary": "Leads." });
    let cases = [
        ("renameTopic", json!({ "slug": "docker", "newSlug": "Docker!" }), "INVALID", "newSlug"),
        ("renameArea", json!({ "slug": "services", "newSlug": "a--b" }), "INVALID", "newSlug"),
        ("renameRole", json!({ "slug": "developer", "newSlug": "x y" }), "INVALID", "newSlug"),
        ("renameResource", json!({ "slug": "java-book", "newSlug": "Ü" }), "INVALID", "newSlug"),
        (
            "updateRequirement",
            json!({ "owner": docker(), "anyOf": steps(), "newAnyOf": [] }),
            "REQUIRED",
            "newAnyOf",
        ),
        (
            "updateRequirement",
            json!({ "owner": docker(), "anyOf": steps(), "newAnyOf": [step("docker", "WORKING"), step("dockr", "WORKING")] }),
            "UNKNOWN",
            "newAnyOf.1",
        ),
        (
            "addRequirement",
            json!({ "owner": docker(), "anyOf": [step(" ", "WORKING")] }),
            "REQUIRED",
            "anyOf.0.topic",
        ),
        ("createRole", lead, "REQUIRED", "after"),
        ("updateRole", json!({ "slug": "architect", "after": null }), "INVALID", "after"),
        ("updateRole", json!({ "slug": "developer", "after": "architect" }), "CYCLE", "after"),
    ];
    for (mutation, input, code, field) in cases {
        let told = mistakes(&ada, mutation, &input);
        let path: Vec<&str> = ["input"].into_iter().chain(field.split('.')).collect();
        let is_it =
            told.as_array().unwrap().len() == 1 && told[0]["code"] == code && told[0]["field"] == json!(path);
        assert!(is_it, "{mutation} {input}: {told:#}");
    }
    // Two first roles are told at the one that would become it.
    let first = mistakes(&ada, "updateRole", &json!({ "slug": "architect", "after": null }));
    let message = "The ladder has one first role, \"developer\": say which role \"architect\" comes after.";
    assert_eq!(first[0]["message"], message);
}

#[test]
fn what_others_refer_to_is_told_at_the_edit_that_retires_it_by_any_of_its_names() {
    let app = App::small();
    let ada = app.curator("ada");
    ada.does("renameTopic", &json!({ "slug": "docker", "newSlug": "containers" }), "topic { slug }");
    for retire in [
        json!({ "retireTopic": { "slug": "docker" } }),
        json!({ "retireStep": { "step": step("docker", "WORKING") } }),
    ] {
        let name = retire.as_object().unwrap().keys().next().unwrap().clone();
        let field = if name == "retireStep" { "step" } else { "slug" };
        let edits = json!({ "edits": [{ "updateTopic": { "slug": "go", "title": "Golang" } }, retire] });
        let told = mistakes(&ada, "editCatalog", &edits);
        assert_eq!(told[0]["code"], "IN_USE", "{told:#}");
        for mistake in told.as_array().unwrap() {
            assert_eq!(mistake["field"], json!(["input", "edits", "1", name, field]), "{told:#}");
        }
    }
}

#[test]
fn a_circle_is_told_as_a_path() {
    let app = App::small();
    let ada = app.curator("ada");
    let path = |mutation: &str, input: Value| {
        let answer = ada.tries(mutation, &input, "userErrors { code path }");
        answer["data"][mutation]["userErrors"].clone()
    };
    let add = json!({ "owner": { "requiredByStep": step("docker", "AWARE") }, "anyOf": [step("kubernetes", "WORKING")] });
    let steps = ["docker@AWARE", "kubernetes@WORKING", "docker@WORKING"];
    assert_eq!(path("addRequirement", add), json!([{ "code": "CYCLE", "path": steps }]));
    let after = json!({ "slug": "developer", "after": "architect" });
    assert_eq!(path("updateRole", after), json!([{ "code": "CYCLE", "path": ["developer", "architect"] }]));
    let unknown = json!({ "slug": "developr", "title": "Developer" });
    assert_eq!(path("updateRole", unknown), json!([{ "code": "UNKNOWN", "path": null }]));
}

#[test]
fn former_slugs_are_taken_away_where_they_are_not_listed_any_more() {
    let app = App::small();
    let ada = app.curator("ada");
    for (mutation, slug) in
        [("Area", "services"), ("Topic", "go"), ("Role", "manager"), ("Resource", "java-book")]
    {
        let (rename, update) = (format!("rename{mutation}"), format!("update{mutation}"));
        let field = mutation.to_lowercase();
        ada.does(&rename, &json!({ "slug": slug, "newSlug": "second" }), "catalog { revision }");
        ada.does(&rename, &json!({ "slug": "second", "newSlug": "third" }), "catalog { revision }");
        let added = mistakes(&ada, &update, &json!({ "slug": "third", "aliases": [slug, "fourth"] }));
        assert_eq!(
            (&added[0]["code"], &added[0]["field"]),
            (&json!("UNKNOWN"), &json!(["input", "aliases", "1"])),
            "{mutation}"
        );
        let kept = ada.does(
            &update,
            &json!({ "slug": "third", "aliases": [slug] }),
            &format!("{field} {{ aliases }}"),
        );
        assert_eq!(kept[&field]["aliases"], json!([slug]));
        let none =
            ada.does(&update, &json!({ "slug": "third", "aliases": [] }), &format!("{field} {{ aliases }}"));
        assert_eq!(none[&field]["aliases"], json!([]));
        let found = app.ask(&format!("{{ {field}(slug: \"{slug}\") {{ slug }} }}"));
        assert_eq!(found["data"][&field], Value::Null, "{mutation}");
    }
}

#[test]
fn what_is_named_with_spaces_around_it_is_answered_with() {
    let app = App::small();
    let ada = app.curator("ada");
    let made = ada.does("updateTopic", &json!({ "slug": " go ", "title": "Golang" }), "topic { title }");
    assert_eq!(made["topic"]["title"], "Golang");
    let made = ada.does("renameRole", &json!({ "slug": "manager ", "newSlug": " lead " }), "role { slug }");
    assert_eq!(made["role"]["slug"], "lead");
    let made =
        ada.does("updateStep", &json!({ "step": step(" go", "WORKING"), "hours": 51 }), "step { hours }");
    assert_eq!(made["step"]["hours"], 51.0);
}

#[test]
fn a_requirement_that_closes_a_circle_is_refused_with_the_path() {
    let app = App::small();
    let ada = app.curator("ada");
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
    let ada = app.curator("ada");
    let level =
        json!({ "topic": "kubernetes", "level": "EXPERT", "hours": 80, "outcome": "Writes operators." });
    let made = ada.does("createStep", &level, "step { requires { anyOf { level } } }");
    assert_eq!(made["step"]["requires"], json!([{ "anyOf": [{ "level": "WORKING" }] }]));

    let role = json!({ "requiredByRole": "manager" });
    let any_of = json!([step("kubernetes", "WORKING")]);
    let reason = "Either runs what others have built.";
    let input = json!({ "owner": role, "anyOf": any_of, "weight": 2, "reason": reason });
    let read = "owner { ... on Role { requires { reason } } }";
    let reasons = ada.does("addRequirement", &input, read)["owner"]["requires"].clone();
    assert_eq!(reasons, json!([{ "reason": null }, { "reason": reason }]));
    let changed =
        ada.does("updateRequirement", &json!({ "owner": role, "anyOf": any_of, "weight": 3 }), DIFF);
    assert_eq!(
        changed["diff"],
        json!([{ "kind": "ROLE", "change": "CHANGED", "slug": "manager", "level": null, "formerSlug": null, "fields": [{
            "name": "requires",
            "before": "docker@WORKING, kubernetes@WORKING (weight 2; Either runs what others have built.)",
            "after": "docker@WORKING, kubernetes@WORKING (weight 3; Either runs what others have built.)",
        }] }])
    );
    let input = json!({ "owner": role, "anyOf": any_of, "reason": null });
    let reasons = ada.does("updateRequirement", &input, read)["owner"]["requires"].clone();
    assert_eq!(reasons, json!([{ "reason": null }, { "reason": null }]));
    ada.does("removeRequirement", &json!({ "owner": role, "anyOf": any_of }), "owner { id }");
    let reasoned =
        json!({ "owner": { "requiredByStep": step("java", "WORKING") }, "anyOf": any_of, "reason": "None." });
    assert_eq!(mistakes(&ada, "addRequirement", &reasoned)[0]["field"], json!(["input", "reason"]));
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
    let ada = app.curator("ada");
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
    let ada = app.curator("ada");
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
    let ada = app.curator("ada");
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
        "replacement { next { slug } } diff { slug change fields { name before after } }",
    );
    let asked = json!({ "name": "requires", "before": "docker@WORKING (weight 2)", "after": null });
    let gone = made["diff"].as_array().unwrap().iter().find(|one| one["change"] == "REMOVED");
    assert_eq!(gone.unwrap()["fields"], json!([asked]), "what it asked for is not lost unseen");
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
fn what_would_come_of_it_can_be_seen_first() {
    let app = App::small();
    let ada = app.curator("ada");
    let input = json!({ "slug": "go", "title": "Golang", "dryRun": true });
    let made = ada.does(
        "updateTopic",
        &input,
        &format!("topic {{ title }} catalog {{ revision }} revision {{ number }} {DIFF}"),
    );
    assert_eq!((&made["catalog"]["revision"], &made["revision"]), (&json!(1), &Value::Null));
    assert_eq!(made["diff"][0]["fields"], json!([{ "name": "title", "before": "Go", "after": "Golang" }]));
    assert_eq!(made["topic"]["title"], "Golang", "as it would be");
    let mut topic = kafka();
    topic["dryRun"] = json!(true);
    let made = ada.does("createTopic", &topic, "topic { slug steps { level } } catalog { topicCount }");
    assert_eq!(
        made["topic"],
        json!({ "slug": "kafka", "steps": [{ "level": "AWARE" }, { "level": "WORKING" }] })
    );
    assert_eq!(made["catalog"]["topicCount"], 8);
    assert_eq!(
        app.ask("{ topic(slug: \"kafka\") { slug } catalog { topicCount } }")["data"],
        json!({ "topic": null, "catalog": { "topicCount": 7 } })
    );
    assert_eq!(revision(&ada), 1);
    // What changes nothing makes no revision.
    let made =
        ada.does("updateTopic", &json!({ "slug": "go", "title": "Go" }), "revision { number } diff { slug }");
    assert_eq!(made, json!({ "revision": null, "diff": [], "userErrors": [] }));
}

#[test]
fn what_learners_know_survives_every_edit() {
    let app = App::small();
    let (ada, learner) = (app.curator("ada"), app.learner("grace"));
    let skills = json!({ "skills": [step("kubernetes", "WORKING"), step("java", "WORKING")] });
    learner.does("recordSkills", &skills, "skills { topic }");
    let id = learner.saves(&json!({ "from": "developer", "to": "architect" }));
    ada.does("renameTopic", &json!({ "slug": "kubernetes", "newSlug": "k8s" }), "topic { slug }");
    ada.does("retireTopic", &json!({ "slug": "java", "replacement": "go" }), "replacement { slug }");
    let answer = learner.ask(&format!(
        "{{ k8s: topic(slug: \"k8s\") {{ viewerLevel }} go: topic(slug: \"go\") {{ viewerLevel }}
           savedRoadmap(id: {id}) {{ version {{ steps {{ nodes {{ topic step {{ topic {{ slug }} }} }} }} }} }} }}"
    ));
    assert_eq!(
        (&answer["data"]["k8s"]["viewerLevel"], &answer["data"]["go"]["viewerLevel"]),
        (&json!("WORKING"), &json!("WORKING")),
        "{answer:#}"
    );
    // What was planned is there by the names of now.
    let planned = answer["data"]["savedRoadmap"]["version"]["steps"]["nodes"].as_array().unwrap();
    assert!(planned.iter().all(|step| step["topic"] == step["step"]["topic"]["slug"]), "{answer:#}");
}
