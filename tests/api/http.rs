//! What stands around the schema.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::app::App;

#[test]
fn the_root_leads_to_graphiql_and_its_page_is_there() {
    let app = App::small();
    let root = app.send(Request::get("/").body(Body::empty()).unwrap());
    assert_eq!(
        (root.status(), root.headers()["location"].to_str().unwrap()),
        (StatusCode::TEMPORARY_REDIRECT, "/graphiql")
    );
    let page = app.send(Request::get("/graphiql").body(Body::empty()).unwrap());
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
}

#[test]
fn only_json_is_taken_and_what_is_not_is_said() {
    let app = App::small();
    let post = |kind: &str, body: &str| {
        let request =
            Request::post("/graphql").header("content-type", kind).body(Body::from(body.to_owned()));
        let answer = app.send(request.unwrap());
        (answer.status(), String::from_utf8(answer.body().clone()).unwrap())
    };
    assert_eq!(post("text/plain", "{\"query\":\"{ __typename }\"}").0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let (status, said) = post("application/json", "{");
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(said.contains("BAD_USER_INPUT"), "{said}");
    assert_eq!(post("application/json", &" ".repeat(1_000_001)).0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(post("application/json; charset=utf-8", "{\"query\":\"{ __typename }\"}").0, StatusCode::OK);
}

#[test]
fn what_is_not_there_is_not_found() {
    let app = App::small();
    for path in ["/nothing", "/graphiql/assets/none.js", "/graphiql/../Cargo.toml"] {
        assert_eq!(
            app.send(Request::get(path).body(Body::empty()).unwrap()).status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}
