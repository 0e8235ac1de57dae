//! Roadmaps that are kept: saved, changed, planned anew, shared.

use serde_json::{Value, json};

use crate::app::{App, Client, Hand, step};

const SMALL: &str = include_str!("../fixtures/small.yaml");

/// The steps of the current version, as names.
fn steps(client: &Client<'_>, id: &Value) -> Vec<String> {
    let query = "query Q($id: ID!) { savedRoadmap(id: $id) { version { steps(first: 100) { nodes { topic level } } } } }";
    let answer = client.ask_with(query, &json!({ "id": id }));
    let nodes = answer["data"]["savedRoadmap"]["version"]["steps"]["nodes"].as_array().unwrap().clone();
    nodes
        .iter()
        .map(|step| format!("{}@{}", step["topic"].as_str().unwrap(), step["level"].as_str().unwrap()))
        .collect()
}

const EVERYTHING: &str = "
    title createdAt updatedAt archivedAt changeNumber isOutdated shareSecret calendarPath
    input {
        from { slug } to { slug } goals { level topic { slug } } skills { level } gaps { level } prefer { slug } avoid { slug }
        hoursPerWeek startOn finishBy pauses { from to } resources { languages freeOnly preferKinds excludeKinds budget hourValue }
    }
    version {
        number createdAt cause catalogRevision hours lowerBoundHours provenMinimal startsOn finishesOn fits
        steps(first: 100) {
            totalCount
            nodes {
                position topic level step { outcome } hours weight role { slug } startsOn finishesOn deferred state ready startedAt endedAt
                hoursSpent needs { topic } unlocks { topic }
            }
        }
        changes { summary }
    }
    versions { totalCount nodes { number } }
    roadmap { hours provenMinimal steps { totalCount } resources { price } }";

#[test]
fn a_saved_roadmap_is_the_computed_one_and_tells_what_was_asked() {
    let app = App::small();
    let ada = app.learner("ada");
    let roadmap = json!({
        "from": "developer", "to": "architect", "goals": [step("docker", "WORKING")], "gaps": [step("testing", "WORKING")],
        "prefer": ["java"], "hoursPerWeek": 7, "startOn": "2026-02-02", "finishBy": "2026-09-30",
        "pauses": [{ "from": "2026-03-01", "to": "2026-03-07" }],
        "resources": { "languages": ["en", "de"], "preferKinds": ["BOOK"], "budget": 60 }
    });
    let saved = ada.does(
        "saveRoadmap",
        &json!({ "title": " To architect ", "roadmap": roadmap }),
        &format!("roadmap {{ {EVERYTHING} }}"),
    );
    insta::assert_json_snapshot!(saved);
    let query = "query Q($input: RoadmapInput!) { roadmap(input: $input) { hours steps(first: 100) { nodes { startsOn step { topic { slug } level } } } } }";
    let computed = ada.ask_with(query, &json!({ "input": roadmap }));
    let computed = &computed["data"]["roadmap"];
    assert_eq!(saved["roadmap"]["version"]["hours"], computed["hours"]);
    let names =
        |nodes: &Value, of: fn(&Value) -> Value| nodes.as_array().unwrap().iter().map(of).collect::<Vec<_>>();
    assert_eq!(
        names(&saved["roadmap"]["version"]["steps"]["nodes"], |step| json!([
            step["topic"],
            step["level"],
            step["startsOn"]
        ])),
        names(&computed["steps"]["nodes"], |step| json!([
            step["step"]["topic"]["slug"],
            step["step"]["level"],
            step["startsOn"]
        ])),
    );
}

#[test]
fn what_is_wrong_with_a_roadmap_comes_back_as_for_one_that_is_not_kept() {
    let app = App::small();
    let ada = app.learner("ada");
    let tries = |title: &str, roadmap: Value| {
        ada.tries(
            "saveRoadmap",
            &json!({ "title": title, "roadmap": roadmap }),
            "roadmap { id } userErrors { code field message }",
        )
    };
    insta::assert_json_snapshot!([
        tries("", json!({ "to": "architect" })),
        tries("Up", json!({ "hoursPerWeek": 0, "finishBy": "2025-01-01", "startOn": "2026-01-01" })),
        tries("Up", json!({ "to": "architekt" })),
        tries("Up", json!({ "to": "architect", "avoid": ["java", "go"] })),
    ]);
}

#[test]
fn planning_anew_takes_what_is_known_by_then_and_says_why() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect", "hoursPerWeek": 7 }));
    let before = steps(&ada, &id);
    assert!(before.contains(&"java@WORKING".to_owned()), "{before:?}");
    // Go is known by now, so its way is the shorter one.
    let known = json!({ "skills": [step("go", "WORKING"), step("docker", "AWARE")] });
    ada.does("recordSkills", &known, "viewer { email }");
    hand.set("2026-01-20");
    let replanned = ada.does("replan", &json!({ "id": id }), CHANGES);
    insta::assert_json_snapshot!(replanned);
}

const CHANGES: &str = "
    changes {
        summary hoursBefore hoursNow catalogChanged wishesChanged
        added { topic level because neededBy { topic { slug } } step { hours } } gone { topic level because step { hours } }
        moved { topic level fromPosition toPosition } choices { anyOf { topic { slug } } before { topic { slug } } now { topic { slug } } }
        dates { role { slug } isEnd before now }
    }
    roadmap { version { number cause startsOn } versions { nodes { number changes { summary } } } }";

#[test]
fn what_is_under_way_stays_unless_it_must_go() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect" }));
    ada.does("startStep", &json!({ "roadmap": id, "step": step("java", "WORKING") }), "roadmap { id }");
    // Without it Go would be the shorter way.
    ada.does(
        "recordSkills",
        &json!({ "skills": [step("go", "PROFICIENT"), step("go-web-services", "WORKING")] }),
        "viewer { email }",
    );
    ada.does("replan", &json!({ "id": id }), "changes { summary }");
    let kept = steps(&ada, &id);
    assert!(
        kept.contains(&"java@WORKING".to_owned()) && !kept.contains(&"spring-boot@WORKING".to_owned()),
        "{kept:?}"
    );
    // Nobody keeps at what they avoid.
    let changes = ada.does(
        "updateRoadmap",
        &json!({ "id": id, "avoid": ["java"] }),
        "changes { gone { topic because } wishesChanged }",
    );
    assert_eq!(
        changes["changes"],
        json!({ "gone": [{ "topic": "java", "because": "AVOIDED" }], "wishesChanged": true })
    );
}

#[test]
fn what_is_under_way_comes_first_in_its_milestone() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "architect" }));
    assert_ne!(steps(&ada, &id)[0], "go-web-services@WORKING");
    ada.does(
        "startStep",
        &json!({ "roadmap": id, "step": step("go-web-services", "WORKING") }),
        "roadmap { id }",
    );
    ada.does("replan", &json!({ "id": id }), "changes { summary }");
    assert_eq!(steps(&ada, &id)[0], "go-web-services@WORKING");
}

#[test]
fn an_update_changes_what_is_named_and_nothing_else() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada
        .saves(&json!({ "to": "architect", "finishBy": "2026-02-01", "avoid": ["java"], "hoursPerWeek": 5 }));
    let input = "roadmap { title version { number fits } input { to { slug } finishBy avoid { slug } hoursPerWeek } } changes { summary }";
    let only_title = ada.does("updateRoadmap", &json!({ "id": id, "title": "Higher" }), input);
    assert_eq!(
        only_title,
        json!({
            "roadmap": {
                "title": "Higher", "version": { "number": 1, "fits": false },
                "input": { "to": { "slug": "architect" }, "finishBy": "2026-02-01", "avoid": [{ "slug": "java" }], "hoursPerWeek": 5.0 }
            },
            "changes": null, "userErrors": []
        })
    );
    let update = json!({ "id": id, "to": "manager", "finishBy": null, "hoursPerWeek": 10 });
    let updated = ada.does("updateRoadmap", &update, input);
    assert_eq!(
        updated["roadmap"]["input"],
        json!({ "to": { "slug": "manager" }, "finishBy": null, "avoid": [{ "slug": "java" }], "hoursPerWeek": 10.0 })
    );
    assert_eq!(updated["roadmap"]["version"], json!({ "number": 2, "fits": true }));
    // Where there is no way nothing is changed.
    let none = ada.tries(
        "updateRoadmap",
        &json!({ "id": id, "avoid": ["java", "go"], "title": "Never" }),
        "roadmap { id }",
    );
    assert_eq!(none["errors"][0]["extensions"]["code"], "NO_ROADMAP");
    assert_eq!(none["errors"][0]["extensions"]["conflict"][0]["argument"], "input.avoid[1]");
    let wrong =
        ada.tries("updateRoadmap", &json!({ "id": id, "hoursPerWeek": 0 }), "userErrors { code field }");
    assert_eq!(
        wrong["data"]["updateRoadmap"]["userErrors"],
        json!([{ "code": "INVALID", "field": ["input", "hoursPerWeek"] }])
    );
    let answer = ada.ask_with(
        "query Q($id: ID!) { savedRoadmap(id: $id) { title version { number } } }",
        &json!({ "id": id }),
    );
    assert_eq!(answer["data"]["savedRoadmap"], json!({ "title": "Higher", "version": { "number": 2 } }));
}

#[test]
fn a_kept_roadmap_survives_every_edit_of_the_catalogue() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect", "goals": [step("docker", "WORKING")], "prefer": ["go"] }));
    // Kubernetes goes, and so does the preferred language; something else is asked for in its place.
    let edited = SMALL
        .replace("slug: kubernetes", "slug: nomad")
        .replace("kubernetes@WORKING", "nomad@WORKING")
        .replace("any: [java@WORKING, go@WORKING]", "any: [java@WORKING]")
        .replace("any: [java@PROFICIENT, go@PROFICIENT]", "any: [java@PROFICIENT]")
        .replace("any: [spring-boot@WORKING, go-web-services@WORKING]", "any: [spring-boot@WORKING]");
    let from = edited.find("  - slug: go\n").unwrap();
    let to = edited.find("  - slug: testing\n").unwrap();
    let edited = edited[..from].to_owned() + &edited[to..];
    let from = edited.find("  - slug: go-web-services\n").unwrap();
    let to = edited.find("  - slug: docker\n").unwrap();
    app.import(&(edited[..from].to_owned() + &edited[to..]));
    let query = "query Q($id: ID!) { savedRoadmap(id: $id) { isOutdated input { prefer { slug } } version { steps(first: 100) { nodes { topic step { hours } } } } roadmap { hours } progress { stepsTotal } } }";
    let outdated = ada.ask_with(query, &json!({ "id": id }));
    insta::assert_json_snapshot!("outdated", outdated);
    insta::assert_json_snapshot!("replanned", ada.does("replan", &json!({ "id": id }), CHANGES));
    let current = ada.ask_with(query, &json!({ "id": id }));
    assert_eq!(current["data"]["savedRoadmap"]["isOutdated"], json!(false));
    assert_ne!(current["data"]["savedRoadmap"]["roadmap"], Value::Null);
}

#[test]
fn versions_are_paged_newest_first_and_stay_as_they_were() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect" }));
    for hours in 7..11 {
        ada.does("updateRoadmap", &json!({ "id": id, "hoursPerWeek": hours }), "changes { summary }");
    }
    // What is the same once more is no other version.
    ada.does("replan", &json!({ "id": id }), "changes { summary }");
    let query = "query Q($id: ID!, $after: String) { savedRoadmap(id: $id) { versions(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { number cause hours } } versionOf(number: 1) { number cause changes { summary } } none: versionOf(number: 9) { number } } }";
    let page = |after: &Value| {
        ada.ask_with(query, &json!({ "id": id, "after": after }))["data"]["savedRoadmap"].clone()
    };
    let first = page(&Value::Null);
    assert_eq!(first["versions"]["nodes"][0]["number"], 5);
    assert_eq!(
        (&first["versionOf"], &first["none"]),
        (&json!({ "number": 1, "cause": "SAVED", "changes": null }), &Value::Null)
    );
    let second = page(&first["versions"]["pageInfo"]["endCursor"]);
    assert_eq!(second["versions"]["nodes"][1]["number"], 2);
    assert_eq!(
        page(&second["versions"]["pageInfo"]["endCursor"])["versions"]["pageInfo"]["hasNextPage"],
        json!(false)
    );
}

#[test]
fn roadmaps_are_listed_put_aside_and_deleted() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let first = ada.saves(&json!({ "to": "manager" }));
    hand.set("2026-01-06");
    let second = ada.saves(&json!({ "to": "architect" }));
    let listed = |argument: &str| {
        let query = format!(
            "{{ viewer {{ roadmaps{argument} {{ totalCount nodes {{ id version {{ hours }} progress {{ stepsDone }} }} }} }} }}"
        );
        let answer = ada.ask(&query);
        let nodes = answer["data"]["viewer"]["roadmaps"]["nodes"].as_array().unwrap().clone();
        nodes.iter().map(|node| node["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(listed(""), [second.clone(), first.clone()]);
    ada.does("archiveRoadmap", &json!({ "id": first }), "roadmap { archivedAt }");
    assert_eq!(listed(""), std::slice::from_ref(&second));
    assert_eq!(listed("(includeArchived: true)"), [second.clone(), first.clone()]);
    ada.does("archiveRoadmap", &json!({ "id": first, "archived": false }), "roadmap { archivedAt }");
    assert_eq!(listed("").len(), 2);
    let deleted = ada.does("deleteRoadmap", &json!({ "id": first }), "deletedId");
    assert_eq!((&deleted["deletedId"], listed("(includeArchived: true)")), (&first, vec![second.clone()]));
    let gone = ada.tries("replan", &json!({ "id": first }), "changes { summary }");
    assert_eq!(gone["errors"][0]["extensions"], json!({ "code": "NOT_FOUND", "argument": "input.id" }));
}

#[test]
fn a_shared_roadmap_is_read_and_copied_by_those_who_have_the_secret_until_it_is_taken_back() {
    let app = App::small();
    let (ada, grace) = (app.learner("ada"), app.learner("grace"));
    ada.does("recordSkills", &json!({ "skills": [step("docker", "WORKING")] }), "viewer { email }");
    let id = ada.saves(&json!({ "to": "architect", "avoid": ["java"], "startOn": "2027-01-01", "skills": [step("testing", "WORKING")] }),
    );
    let share = || ada.does("shareRoadmap", &json!({ "id": id }), "secret")["secret"].clone();
    let secret = share();
    assert_eq!(secret, share());
    let query = "query Q($secret: String!) { sharedRoadmap(secret: $secret) { title from { slug } to { slug } updatedAt version { hours steps(first: 2) { totalCount nodes { topic state } } } progress { stepsDone percentByHours } } }";
    let read = || app.client().ask_with(query, &json!({ "secret": secret }))["data"]["sharedRoadmap"].clone();
    insta::assert_json_snapshot!(read());
    // What Ada knows, and when she has time, is hers.
    let copied = grace.does("copyRoadmap", &json!({ "secret": secret }), "roadmap { id title input { from { slug } to { slug } avoid { slug } skills { level } startOn } version { hours } }");
    assert_eq!(
        copied["roadmap"]["input"],
        json!({ "from": null, "to": { "slug": "architect" }, "avoid": [{ "slug": "java" }], "skills": [], "startOn": null })
    );
    assert!(copied["roadmap"]["version"]["hours"].as_f64() > read()["version"]["hours"].as_f64());
    assert_ne!(copied["roadmap"]["id"], id);
    ada.does("unshareRoadmap", &json!({ "id": id }), "roadmap { shareSecret }");
    assert_eq!(read(), Value::Null);
    let late = grace.tries("copyRoadmap", &json!({ "secret": secret }), "roadmap { id }");
    assert_eq!(late["errors"][0]["extensions"], json!({ "code": "NOT_FOUND", "argument": "input.secret" }));
    assert_ne!(share(), secret);
}

#[test]
fn a_calendar_follows_the_roadmap_until_it_is_closed() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let path = ada.does("studyCalendar", &json!({ "id": id }), "path roadmap { calendarPath }");
    assert_eq!(path["path"], path["roadmap"]["calendarPath"]);
    let path = path["path"].as_str().unwrap().to_owned();
    let read = || {
        let request = axum::http::Request::get(&path).body(axum::body::Body::empty()).unwrap();
        let answer = app.send(request);
        (
            answer.status().as_u16(),
            answer.headers()["content-type"].to_str().unwrap().to_owned(),
            String::from_utf8(answer.into_body()).unwrap(),
        )
    };
    let (status, kind, calendar) = read();
    assert_eq!((status, kind.as_str()), (200, "text/calendar; charset=utf-8"));
    let titles = |calendar: &str| {
        let calcard::Entry::ICalendar(calendar) = calcard::Parser::new(calendar).entry() else {
            panic!("no calendar")
        };
        let summary = |component: &calcard::icalendar::ICalendarComponent| {
            let entry = component.property(&calcard::icalendar::ICalendarProperty::Summary)?;
            Some(entry.values.first()?.as_text()?.to_owned())
        };
        calendar.components.iter().filter_map(summary).collect::<Vec<_>>()
    };
    assert_eq!(titles(&calendar), ["Docker aware", "Docker working"]);
    ada.does("completeStep", &json!({ "roadmap": id, "step": step("docker", "AWARE") }), "roadmap { id }");
    assert_eq!(titles(&read().2), ["\u{2713} Docker aware", "Docker working"]);
    ada.does("closeStudyCalendar", &json!({ "id": id }), "roadmap { calendarPath }");
    assert_eq!(read().0, 404);
}

#[test]
fn a_roadmap_whose_target_is_gone_is_not_planned_anew_but_says_so() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "manager" }));
    let before = steps(&ada, &id);
    app.import(&SMALL.replace("slug: manager", "slug: team-lead"));
    let selection = "changes { summary } userErrors { code field message }";
    let lost = ada.tries("replan", &json!({ "id": id }), selection);
    insta::assert_json_snapshot!(lost);
    assert_eq!(steps(&ada, &id), before);
    let unknown = ada.tries("updateRoadmap", &json!({ "id": id, "hoursPerWeek": 9 }), "roadmap { id }");
    assert_eq!(unknown["errors"][0]["extensions"]["argument"], "input.to");
    ada.does("updateRoadmap", &json!({ "id": id, "to": "team-lead" }), "roadmap { title }");
}

#[test]
fn what_is_emptied_by_null_is_empty_and_what_is_not_named_is_not() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "to": "architect", "avoid": ["java"], "prefer": ["go"] }));
    let updated = ada.does(
        "updateRoadmap",
        &json!({ "id": id, "avoid": null }),
        "roadmap { input { avoid { slug } prefer { slug } } }",
    );
    assert_eq!(updated["roadmap"]["input"], json!({ "avoid": [], "prefer": [{ "slug": "go" }] }));
}
