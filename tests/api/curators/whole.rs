//! The catalogue as a whole: another one in its place, and back.

use serde_json::{Value, json};

use super::{DIFF, mistakes};
use crate::app::{App, Client};

#[test]
fn a_whole_catalogue_is_imported_as_text() {
    let app = App::small();
    let ada = app.curator("ada");
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml")).unwrap();
    let changed = text.replace("hours: 28", "hours: 30");
    let dry = ada.does("importCatalog", &json!({ "text": changed, "dryRun": true }), DIFF);
    assert_eq!(dry["diff"][0]["fields"], json!([{ "name": "hours", "before": "28", "after": "30" }]));
    let made = ada.does("importCatalog", &json!({ "text": changed }), "revision { number source }");
    assert_eq!(made["revision"], json!({ "number": 2, "source": "import" }));

    let empty = mistakes(
        &ada,
        "importCatalog",
        &json!({ "text": "areas: []\ntopics: []\nroles: []\nresources: []\n" }),
    );
    assert_eq!((&empty[0]["code"], &empty[0]["field"]), (&json!("REQUIRED"), &json!(["input", "text"])));

    let broken = text.replace("requires: [docker@WORKING] }\nroles", "requires: [dokcer@WORKING] }\nroles");
    assert_ne!(broken, text);
    let told = mistakes(&ada, "importCatalog", &json!({ "text": broken }));
    assert_eq!(told[0]["field"], json!(["input", "text"]));
    let message = told[0]["message"].as_str().unwrap();
    assert!(message.starts_with("Line 5") && message.ends_with("did you mean \"docker\"?"), "{message}");
}

#[test]
fn the_catalogue_can_be_what_it_was() {
    let app = App::small();
    let ada = app.curator("ada");
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
fn the_text_of_a_revision_can_be_imported_again() {
    let app = App::small();
    let ada = app.curator("ada");
    ada.does("updateTopic", &json!({ "slug": "go", "title": "Golang" }), "topic { title }");
    let text = |number: &str| ada.ask(&format!("{{ catalogText{number} }}"))["data"]["catalogText"].clone();
    let (now, before) = (text(""), text("(revision: 1)"));
    assert_eq!(now, text("(revision: 2)"));
    assert!(now.as_str().unwrap().contains("title: Golang"), "{now}");
    let import = |text: &Value| {
        let made = ada.does(
            "importCatalog",
            &json!({ "text": text }),
            "revision { number } diff { fields { after } }",
        );
        (made["revision"].clone(), made["diff"].clone())
    };
    assert_eq!(import(&now), (Value::Null, json!([])));
    assert_eq!(import(&before), (json!({ "number": 3 }), json!([{ "fields": [{ "after": "Go" }] }])));
    app.execute("UPDATE catalog_revisions SET content = NULL");
    assert_eq!(text("(revision: 3)"), before, "the newest one is there whether or not it was kept");
    for number in [-1, 0, 1, 4] {
        let answer = ada.ask(&format!("{{ catalogText(revision: {number}) }}"));
        let extensions = json!({ "code": "NOT_FOUND", "argument": "revision" });
        assert_eq!(answer["errors"][0]["extensions"], extensions, "{number}");
    }
    // Not many at once.
    let many = (0..20).map(|i| format!("t{i}: catalogText")).collect::<Vec<_>>().join(" ");
    let answer = ada.ask(&format!("{{ {many} }}"));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "QUERY_TOO_COSTLY");
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
    let ada = app.curator("ada");
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
