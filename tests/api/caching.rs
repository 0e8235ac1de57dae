//! Answers that are everybody's: known by their tags, kept, and gone with their revision.

use std::io::Read as _;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, Response};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;
use waymark::catalog::{Snapshot, read};
use waymark::config::{
    AccountSettings, HttpSettings, Limits, LiveSettings, SchemaSettings, ServerSettings, TrustedMode,
};
use waymark::graphql::{BUILD, Schema, Store};
use waymark::http::{Answers, App as Served, Live, Ready, router};

use crate::app::App;
use crate::http::LONG;

const QUERY: &str = "/graphql?query=%7Btopic(slug%3A%22go%22)%7Btitle%7D%20catalog%7Brevision%7D%7D";

fn get(app: &App, address: &str, headers: &[(&str, &str)]) -> Response<Vec<u8>> {
    let request = Request::get(address);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    app.send(request.body(Body::empty()).unwrap())
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

/// Another revision, with the same content.
fn import(app: &App) {
    let revision = app.world.current.pin().revision + 1;
    app.world.current.swap(Snapshot::new(revision, read("tests/fixtures/small.yaml").unwrap()));
}

#[test]
fn an_answer_has_a_tag_and_who_knows_it_gets_nothing_again() {
    let app = App::small();
    let first = get(&app, QUERY, &[]);
    let tag = header(first.headers(), "etag");
    assert!(tag.starts_with("\"1-") && tag.ends_with('"'), "{tag}");
    assert_eq!(header(first.headers(), "cache-control"), "public, no-cache");
    for known in [tag, &format!("W/{tag}"), &format!("\"other\", {tag}"), "*"] {
        let again = get(&app, QUERY, &[("if-none-match", known)]);
        assert_eq!((again.status().as_u16(), again.body().len()), (304, 0), "{known}");
        assert_eq!(header(again.headers(), "etag"), tag);
    }
    let other = get(&app, QUERY, &[("if-none-match", "\"other\"")]);
    assert_eq!((other.status().as_u16(), other.body()), (200, first.body()));
}

#[test]
fn a_tag_is_of_the_revision_the_request_and_the_form_of_the_answer() {
    let app = App::small();
    let tag = |address: &str, headers: &[(&str, &str)]| {
        header(get(&app, address, headers).headers(), "etag").to_owned()
    };
    let mut tags = vec![
        tag(QUERY, &[]),
        tag(&format!("{QUERY}&operationName="), &[]),
        tag(QUERY, &[("accept", "application/graphql-response+json")]),
        tag(QUERY, &[("accept-encoding", "gzip")]),
    ];
    assert_eq!(tags[0], tag(QUERY, &[("accept-encoding", "gzip;q=0, deflate")]));
    let known = tags[0].clone();
    import(&app);
    let changed = get(&app, QUERY, &[("if-none-match", &known)]);
    assert_eq!(changed.status(), 200);
    assert!(String::from_utf8_lossy(changed.body()).contains("\"revision\":2"));
    tags.push(header(changed.headers(), "etag").to_owned());
    let all = tags.len();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), all, "{tags:?}");
}

#[test]
fn an_answer_is_kept_compressed_for_those_who_take_it_so() {
    let app = App::embedded();
    let query = "/graphql?query=%7Btopics(first%3A50)%7Bnodes%7Btitle%20summary%7D%7D%7D";
    let plain = get(&app, query, &[]);
    for _ in 0..2 {
        let gzip = get(&app, query, &[("accept-encoding", "deflate, gzip")]);
        assert_eq!(header(gzip.headers(), "content-encoding"), "gzip");
        assert_eq!(header(gzip.headers(), "vary"), "accept, accept-encoding");
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(&gzip.body()[..]).read_to_end(&mut text).unwrap();
        assert_eq!(&text, plain.body());
    }
}

#[test]
fn what_is_somebodys_or_went_wrong_is_kept_by_nobody() {
    let app = App::small();
    let wrong = "/graphql?query=%7Broadmap(input%3A%7Bto%3A%22nobody%22%7D)%7Bhours%7D%7D";
    for (address, headers) in [
        (wrong, vec![]),
        ("/graphql?query=%7B", vec![]),
        (QUERY, vec![("authorization", "Bearer x")]),
        (QUERY, vec![("cookie", "session=x")]),
    ] {
        let answer = get(&app, address, &headers);
        assert_eq!(header(answer.headers(), "cache-control"), "no-store", "{address} {headers:?}");
        assert!(!answer.headers().contains_key("etag"));
    }
}

#[test]
fn a_body_is_answered_from_what_is_kept_until_the_revision_is_another() {
    let app = App::small();
    let post = || {
        let request = Request::post("/graphql").header("content-type", "application/json");
        app.send(request.body(Body::from(r#"{"query":"{ catalog { revision } }"}"#)).unwrap())
    };
    let first = post();
    assert_eq!((post().body(), header(first.headers(), "etag")), (first.body(), ""));
    import(&app);
    assert_eq!(String::from_utf8_lossy(post().body()), r#"{"data":{"catalog":{"revision":2}}}"#);
}

#[test]
fn how_long_others_may_keep_it_is_a_setting() {
    let app = App::speaking(HttpSettings { max_age: 60, ..HttpSettings::default() });
    assert_eq!(header(get(&app, QUERY, &[]).headers(), "cache-control"), "public, max-age=60");
}

#[test]
fn who_knows_the_answer_is_told_so_without_planning_also_by_a_server_that_never_gave_it() {
    let encoded = LONG.replace('{', "%7B").replace('}', "%7D").replace('"', "%22").replace(' ', "%20");
    let roadmap = &format!("/graphql?query={encoded}");
    let tag = header(get(&App::embedded(), roadmap, &[]).headers(), "etag").to_owned();
    // It has no time for anything.
    let other =
        App::taking(ServerSettings { execution_timeout: Duration::ZERO, ..ServerSettings::default() });
    assert_eq!(get(&other, roadmap, &[("if-none-match", &tag)]).status(), 304);
    for unknown in ["\"other\"", "*"] {
        assert_eq!(get(&other, roadmap, &[("if-none-match", unknown)]).status(), 503, "{unknown}");
    }
}

#[test]
fn a_document_that_comes_with_its_hash_is_looked_at_each_time_and_by_its_hash_alone_it_is_kept() {
    let app = App::small();
    let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
    let extensions = format!(
        "&extensions=%7B%22persistedQuery%22%3A%7B%22version%22%3A1%2C%22sha256Hash%22%3A%22{hash}%22%7D%7D"
    );
    let cache_control = |address: &str| header(get(&app, address, &[]).headers(), "cache-control").to_owned();
    for _ in 0..2 {
        assert_eq!(cache_control(&format!("/graphql?query=%7B__typename%7D{extensions}")), "no-store");
        assert_eq!(cache_control(&format!("/graphql?{}", &extensions[1..])), "public, no-cache");
    }
}

/// The answer to a `GET` of a server beside that of an app, with a schema of its own.
fn get_from(app: &App, schema: Schema, address: &str, known: &str) -> (u16, String) {
    let served = Served {
        schema,
        world: app.world.clone(),
        answers: Answers::new(1 << 20, Duration::ZERO),
        http: HttpSettings::default(),
        accounts: AccountSettings::default(),
        server: ServerSettings::default(),
        ready: Ready::default(),
        live: Live::new(LiveSettings::default(), CancellationToken::new()),
    };
    let request = Request::get(address).header("if-none-match", known).body(Body::empty()).unwrap();
    let response = app.wait(router(served).oneshot(request)).unwrap();
    (response.status().as_u16(), header(response.headers(), "etag").to_owned())
}

const INTROSPECTION: &str = "/graphql?query=%7B__schema%7BqueryType%7Bname%7D%7D%7D";

#[test]
fn a_tag_is_of_the_build_and_of_the_settings_that_change_answers() {
    let app = App::small();
    let usual = SchemaSettings::default();
    let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
    let manifest = format!(r#"{{ "{hash}": "{{__typename}}" }}"#);
    let trusting = Store::trusting(&manifest, TrustedMode::Prefer).unwrap();
    let limits = Limits { cost: 999_999, ..Limits::default() };
    let schemas = [
        Schema::new(),
        Schema::of_build("another", &usual, Store::new()),
        Schema::with(&SchemaSettings { no_introspection: true, ..usual.clone() }, Store::new()),
        Schema::with(&SchemaSettings { no_suggestions: true, ..usual.clone() }, Store::new()),
        Schema::with(&SchemaSettings { limits, ..usual.clone() }, Store::new()),
        Schema::with(&usual, trusting),
    ];
    let first = get_from(&app, Schema::new(), INTROSPECTION, "").1;
    assert_eq!(get_from(&app, Schema::of_build(BUILD, &usual, Store::new()), INTROSPECTION, &first).0, 304);
    let mut tags = std::collections::HashSet::new();
    for (place, schema) in schemas.into_iter().enumerate() {
        // A client that has the answer of the first gets that of the others, whatever it asks.
        let (status, tag) = get_from(&app, schema, INTROSPECTION, &first);
        assert_eq!(status, if place == 0 { 304 } else { 200 }, "{place}");
        assert!(tags.insert(tag), "{place}: the tag of another");
    }
}

#[test]
fn servers_with_different_catalogues_of_one_number_have_different_tags() {
    let tag =
        |app: &App| header(get(app, "/graphql?query=%7B__typename%7D", &[]).headers(), "etag").to_owned();
    let (small, nasty) = (App::small(), App::nasty());
    assert_eq!((small.world.current.pin().revision, nasty.world.current.pin().revision), (1, 1));
    assert_ne!(tag(&small), tag(&nasty));
    assert_eq!(tag(&small), tag(&App::small()), "equal catalogues of one number have equal answers");
}

#[test]
fn what_is_kept_is_not_answered_from_another_catalogue_of_the_same_number() {
    let app = App::small();
    let titles = "/graphql?query=%7Btopics%7Bnodes%7Btitle%7D%7D%7D";
    let before = get(&app, titles, &[]);
    let tag = header(before.headers(), "etag").to_owned();
    app.world.current.swap(Snapshot::new(1, read("tests/fixtures/nasty.yaml").unwrap()));
    let after = get(&app, titles, &[("if-none-match", &tag)]);
    assert_eq!(after.status(), 200);
    assert_ne!(after.body(), before.body());
}
