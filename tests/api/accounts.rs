//! Accounts: signing up, in and out, tokens, and what nobody is told.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use waymark::accounts::Outside;

use crate::app::{App, Hand, PASSWORD};

const VIEWER: &str = "{ viewer { email name role } }";

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

#[test]
fn who_signs_up_and_in_is_known_until_signing_out() {
    let app = App::small();
    let ada = app.client();
    assert_eq!(ada.ask(VIEWER), json!({ "data": { "viewer": null } }));
    ada.does("signUp", &json!({ "email": " Ada@Example.org ", "password": PASSWORD, "name": "Ada" }), "");
    assert_eq!(ada.ask(VIEWER)["data"]["viewer"], Value::Null, "signing up is not signing in");
    let known = json!({ "email": "ada@example.org", "name": "Ada", "role": "LEARNER" });
    let signed_in =
        ada.does("signIn", &credentials("ADA@example.org", PASSWORD), "viewer { email name role }");
    assert_eq!((&signed_in["viewer"], &ada.ask(VIEWER)["data"]["viewer"]), (&known, &known));
    assert_eq!(
        ada.ask("mutation { signOut { userErrors { code } } }")["data"]["signOut"]["userErrors"],
        json!([])
    );
    assert_eq!(ada.ask(VIEWER)["data"]["viewer"], Value::Null);
}

#[test]
fn the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_goes_over_tls() {
    let app = App::small();
    app.learner("ada");
    let sign_in = json!({ "query": format!("mutation {{ signIn(input: {{ email: \"ada@example.org\", password: \"{PASSWORD}\" }}) {{ viewer {{ email }} }} }}") });
    let set = |host: &str| {
        let request = axum::http::Request::post("/graphql").header("content-type", "application/json");
        let request = request.header("host", host).body(axum::body::Body::from(sign_in.to_string()));
        let answer = app.send(request.unwrap());
        assert_eq!(answer.headers()["cache-control"], "no-store");
        answer.headers()["set-cookie"].to_str().unwrap().to_owned()
    };
    let (local, public) = (set("localhost:8000"), set("waymark.example.org"));
    assert!(
        local.starts_with("waymark=waymark_")
            && local.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict"),
        "{local}"
    );
    assert!(
        public.starts_with("__Host-waymark=waymark_")
            && public.ends_with("; HttpOnly; SameSite=Strict; Secure"),
        "{public}"
    );
}

#[test]
fn a_page_of_another_site_asks_for_nobody() {
    let app = App::small();
    let ada = app.learner("ada");
    let body = json!({ "query": VIEWER });
    let from = |origin: &str| {
        let answer = ada.send(&body, &[("origin", origin)]);
        serde_json::from_slice::<Value>(answer.body()).unwrap()["data"]["viewer"]["email"].clone()
    };
    assert_eq!(from("http://localhost:8000"), "ada@example.org");
    assert_eq!(from("https://evil.example.org"), Value::Null);
    assert_eq!(from("null"), Value::Null);
    let refused =
        ada.send(&body, &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example.org")]);
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}

#[test]
fn nothing_tells_whether_an_address_has_an_account() {
    let app = App::small();
    app.learner("ada");
    let client = app.client();
    let answers = |mutation: &str, input: [Value; 2]| {
        let [known, unknown] =
            input.map(|input| client.tries(mutation, &input, "userErrors { code field message }"));
        assert_eq!(known, unknown, "{mutation}");
        known
    };
    let other = "other plain words";
    answers("signUp", [credentials("ada@example.org", other), credentials("grace@example.org", other)]);
    let wrong = answers(
        "signIn",
        [credentials("ada@example.org", "wrong"), credentials("alan@example.org", "wrong")],
    );
    assert_eq!(wrong["data"]["signIn"]["userErrors"][0]["code"], "WRONG_CREDENTIALS");
    // Who signs up with an address that has an account changes nothing about it.
    client.does("signIn", &credentials("ada@example.org", PASSWORD), "viewer { email }");
    client.does("signIn", &credentials("grace@example.org", other), "viewer { email }");
}

#[test]
fn what_a_person_gets_wrong_comes_back_beside_the_fields() {
    let client = App::small();
    let client = client.client();
    let answer = |name: String| {
        let input = json!({ "email": "ada", "password": "short", "name": name });
        client.tries("signUp", &input, "userErrors { code field message }")
    };
    // What is not taken at all comes first.
    let too_long = answer("A".repeat(101));
    insta::assert_json_snapshot!([too_long, answer("Ada".to_owned())]);
}

#[test]
fn passwords_are_not_tried_again_and_again() {
    let app = App::small();
    app.learner("ada");
    let client = app.client();
    let tried = |email: &str| client.tries("signIn", &credentials(email, "wrong"), "userErrors { code }");
    let refused =
        (0..30).map(|_| tried("ada@example.org")).find(|answer| answer.get("errors").is_some()).unwrap();
    let extensions = &refused["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "RATE_LIMITED");
    assert!((1..=31).contains(&extensions["retryAfter"].as_u64().unwrap()), "{refused}");
    // Neither the right password nor another alias in the same request gets further.
    let right = client.tries("signIn", &credentials("ada@example.org", PASSWORD), "viewer { email }");
    assert_eq!(right["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    assert_eq!(tried("grace@example.org")["data"]["signIn"]["userErrors"][0]["code"], "WRONG_CREDENTIALS");
}

#[test]
fn a_session_ends_by_itself() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    hand.set("2026-02-03");
    assert_eq!(ada.ask(VIEWER)["data"]["viewer"]["email"], "ada@example.org");
    hand.set("2026-02-05");
    assert_eq!(ada.ask(VIEWER)["data"]["viewer"], Value::Null);
}

#[test]
fn another_password_ends_the_other_sessions() {
    let app = App::small();
    let (here, there) = (app.learner("ada"), app.client());
    there.does("signIn", &credentials("ada@example.org", PASSWORD), "viewer { email }");
    let change = |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
    let wrong =
        here.tries("changePassword", &change("wrong", "four plain new words"), "userErrors { code field }");
    assert_eq!(
        wrong["data"]["changePassword"]["userErrors"],
        json!([{ "code": "WRONG_CREDENTIALS", "field": ["input", "currentPassword"] }])
    );
    here.does("changePassword", &change(PASSWORD, "four plain new words"), "viewer { email }");
    assert_eq!(here.ask(VIEWER)["data"]["viewer"]["email"], "ada@example.org");
    assert_eq!(there.ask(VIEWER)["data"]["viewer"], Value::Null);
    there.does("signIn", &credentials("ada@example.org", "four plain new words"), "viewer { email }");
}

#[test]
fn a_session_can_be_ended_from_elsewhere() {
    let app = App::small();
    let (here, there) = (app.learner("ada"), app.client());
    there.does("signIn", &credentials("ada@example.org", PASSWORD), "viewer { email }");
    let sessions = here.ask("{ viewer { sessions { id isCurrent } } }");
    let sessions = sessions["data"]["viewer"]["sessions"].as_array().unwrap().clone();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["isCurrent"] == json!(false)).unwrap();
    here.does("endSession", &json!({ "id": other["id"] }), "viewer { sessions { id } }");
    assert_eq!(there.ask(VIEWER)["data"]["viewer"], Value::Null);
    assert_eq!(here.ask(VIEWER)["data"]["viewer"]["email"], "ada@example.org");
    // It is gone, and another learner's is not there at all.
    let again = here.tries("endSession", &json!({ "id": other["id"] }), "viewer { email }");
    assert_eq!(again["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[test]
fn a_program_may_do_what_its_token_is_for_until_it_expires_or_is_revoked() {
    let hand = Hand::at("2026-01-05");
    let app = App::at(hand.clock());
    let ada = app.learner("ada");
    let make = |scopes: &[&str], days: i32| {
        let input = json!({ "name": "script", "scopes": scopes, "expiresInDays": days });
        ada.does("createAccessToken", &input, "token accessToken { id name scopes expiresAt lastUsedAt }")
    };
    let (reads, writes) = (make(&["READ"], 10), make(&["WRITE", "READ"], 366));
    assert_eq!(writes["accessToken"]["scopes"], json!(["READ", "WRITE"]));
    assert_eq!(reads["accessToken"]["expiresAt"], "2026-01-15T12:00:00+00:00");
    let (first, second) = (app.program(&reads["token"]), app.program(&writes["token"]));
    assert_eq!(first.ask(VIEWER)["data"]["viewer"]["email"], "ada@example.org");
    let skill = json!({ "skills": [{ "topic": "go", "level": "WORKING" }] });
    let refused = first.tries("recordSkills", &skill, "viewer { skillCount }");
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    second.does("recordSkills", &skill, "viewer { skillCount }");
    // A token makes no other, and does not see what others there are.
    let more = second.tries("createAccessToken", &json!({ "name": "more", "scopes": ["READ"] }), "token");
    assert_eq!(more["errors"][0]["extensions"]["code"], "FORBIDDEN");

    ada.does("revokeAccessToken", &json!({ "id": writes["accessToken"]["id"] }), "viewer { email }");
    let gone = second.send(&json!({ "query": VIEWER }), &[]);
    assert_eq!(
        (gone.status(), &gone.headers()["www-authenticate"]),
        (StatusCode::UNAUTHORIZED, &"Bearer".parse().unwrap())
    );
    hand.set("2026-01-16");
    assert_eq!(first.send(&json!({ "query": VIEWER }), &[]).status(), StatusCode::UNAUTHORIZED);
    assert_eq!(ada.ask("{ viewer { accessTokens { name } } }")["data"]["viewer"]["accessTokens"], json!([]));
}

#[test]
fn a_token_has_a_name_a_purpose_and_an_end() {
    let app = App::small();
    let ada = app.learner("ada");
    for (input, field, code) in [
        (json!({ "name": " ", "scopes": ["READ"] }), "name", "REQUIRED"),
        (json!({ "name": "x", "scopes": [] }), "scopes", "REQUIRED"),
        (json!({ "name": "x", "scopes": ["READ"], "expiresInDays": 0 }), "expiresInDays", "OUT_OF_RANGE"),
        (json!({ "name": "x", "scopes": ["READ"], "expiresInDays": 367 }), "expiresInDays", "OUT_OF_RANGE"),
    ] {
        let answer = ada.tries("createAccessToken", &input, "token userErrors { code field }");
        let wrong = &answer["data"]["createAccessToken"];
        assert_eq!(
            wrong,
            &json!({ "token": null, "userErrors": [{ "code": code, "field": ["input", field] }] })
        );
    }
}

#[test]
fn a_deleted_account_leaves_nothing_behind() {
    let app = App::small();
    let ada = app.learner("ada");
    let grace = app.learner("grace");
    for learner in [&ada, &grace] {
        learner.does(
            "recordSkills",
            &json!({ "skills": [{ "topic": "go", "level": "WORKING" }] }),
            "viewer { email }",
        );
        learner.does("rateResource", &json!({ "resource": "java-book", "stars": 4 }), "resource { slug }");
        let saved = learner.does(
            "saveRoadmap",
            &json!({ "title": "Up", "roadmap": { "to": "architect" } }),
            "roadmap { id next(first: 1) { topic level } }",
        );
        let (id, step) = (&saved["roadmap"]["id"], &saved["roadmap"]["next"][0]);
        learner.does("logStudy", &json!({ "roadmap": id, "step": step, "hours": 1 }), "entry { id }");
        learner.does("shareRoadmap", &json!({ "id": id, "clientMutationId": "share" }), "secret");
    }
    let wrong = ada.tries("deleteAccount", &json!({ "password": "wrong" }), "userErrors { code }");
    assert_eq!(wrong["data"]["deleteAccount"]["userErrors"][0]["code"], "WRONG_CREDENTIALS");
    ada.does("deleteAccount", &json!({ "password": PASSWORD }), "");
    assert_eq!(ada.ask(VIEWER)["data"]["viewer"], Value::Null);
    let left = app.wait(app.learners().store.learners()).unwrap();
    assert_eq!(
        left.iter().filter_map(|account| account.email.as_deref()).collect::<Vec<_>>(),
        ["grace@example.org"]
    );
    for (table, owners) in app.owners() {
        assert_eq!(owners, [left[0].id].into(), "{table}");
    }
    assert_eq!(grace.ask("{ viewer { skillCount roadmaps { totalCount } } resource(slug: \"java-book\") { rating { count } } }")["data"], json!({
        "viewer": { "skillCount": 1, "roadmaps": { "totalCount": 1 } }, "resource": { "rating": { "count": 1 } }
    }));
}

#[test]
fn what_somebody_is_answered_is_kept_for_nobody_and_what_changes_something_is_done_each_time() {
    let app = App::small();
    let ada = app.learner("ada");
    let rating = "{ resource(slug: \"java-book\") { rating { average count } } }";
    let of_nobody = || app.client().ask(rating)["data"]["resource"]["rating"].clone();
    assert_eq!(of_nobody(), json!({ "average": null, "count": 0 }));
    ada.does("rateResource", &json!({ "resource": "java-book", "stars": 4 }), "resource { slug }");
    assert_eq!(of_nobody(), json!({ "average": 4.0, "count": 1 }));
    let sign_in = json!({ "query": "mutation { signIn(input: { email: \"ada@example.org\", password: \"wrong\" }) { userErrors { code } } }" });
    let answers: Vec<_> = (0..12).map(|_| app.client().send(&sign_in, &[]).into_body()).collect();
    assert_ne!(answers[0], answers[11], "the last ones were told to wait");
}

/// A key that was made for tests (PKCS #8), and its public half.
const PRIVATE: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyseo6U/R0gZm3WoTdUjTy5rx3ADKls0GGEqWtBP5HFmhRANCAATmiRzZmcCZtj0DmTejrMPnee4r1Lt1qYt2PtwCtN4jq/R0JR8pjGHVCfhd0bKAT83YbpaNAwo6CQjNvtQYKEao";
const PUBLIC: &str = r#"{ "keys": [{ "kty": "EC", "crv": "P-256", "x": "5okc2ZnAmbY9A5k3o6zD53nuK9S7damLdj7cArTeI6s", "y": "9HQlHymMYdUJ-F3RsoBPzdhulo0DCjoJCM2-1BgoRqg" }] }"#;

#[test]
fn whom_another_provider_vouches_for_has_an_account_from_the_first_request_on() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys.json");
    std::fs::write(&keys, PUBLIC).unwrap();
    let issuer = "https://login.example.org";
    let app = App::trusting(Outside::new(issuer.into(), "waymark", &["ES256".into()], keys).unwrap());
    let token = |subject: &str, audience: &str| {
        let key = EncodingKey::from_ec_der(&STANDARD.decode(PRIVATE).unwrap());
        let expires = (app.world.clock)().timestamp() + 600;
        let claims = json!({ "iss": issuer, "aud": audience, "sub": subject, "name": "Ada", "iat": expires - 600, "exp": expires });
        json!(jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, &key).unwrap())
    };
    let (ada, grace) = (app.program(&token("u-1", "waymark")), app.program(&token("u-2", "waymark")));
    let known = ada.ask("{ viewer { email name role skillCount } }");
    assert_eq!(
        known["data"]["viewer"],
        json!({ "email": null, "name": "Ada", "role": "LEARNER", "skillCount": 0 })
    );
    ada.does(
        "recordSkills",
        &json!({ "skills": [{ "topic": "go", "level": "WORKING" }] }),
        "viewer { email }",
    );
    let count = "{ viewer { skillCount } }";
    assert_eq!(ada.ask(count)["data"]["viewer"]["skillCount"], 1);
    assert_eq!(grace.ask(count)["data"]["viewer"]["skillCount"], 0);
    // A token of the provider's makes no other, which would outlive it.
    let more = ada.tries("createAccessToken", &json!({ "name": "more", "scopes": ["READ"] }), "token");
    assert_eq!(more["errors"][0]["extensions"]["code"], "FORBIDDEN");
    // There is no password to change, and none is needed for the end of it.
    ada.does("deleteAccount", &json!({}), "");
    let gone = ada.send(&json!({ "query": count }), &[]);
    assert_eq!(gone.status(), StatusCode::UNAUTHORIZED, "the same token makes no new account");
    let refused = app.program(&token("u-1", "another")).send(&json!({ "query": count }), &[]);
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
}

#[test]
fn http_2_says_the_host_in_the_address_and_a_page_of_it_is_known_all_the_same() {
    let app = App::small();
    app.learner("ada");
    let ask = |query: &str, cookie: &str, origin: &str| {
        let request = axum::http::Request::post("http://localhost:8000/graphql")
            .header("content-type", "application/json")
            .header("origin", origin)
            .header("cookie", cookie)
            .body(axum::body::Body::from(json!({ "query": query }).to_string()));
        app.send(request.unwrap())
    };
    let sign_in = format!(
        "mutation {{ signIn(input: {{ email: \"ada@example.org\", password: \"{PASSWORD}\" }}) {{ viewer {{ email }} }} }}"
    );
    let signed_in = ask(&sign_in, "", "http://localhost:8000");
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let viewer = |origin: &str| serde_json::from_slice::<Value>(ask(VIEWER, &cookie, origin).body()).unwrap();
    assert_eq!(viewer("http://localhost:8000")["data"]["viewer"]["email"], "ada@example.org");
    assert_eq!(viewer("http://evil.example.org")["data"]["viewer"], Value::Null);
}
