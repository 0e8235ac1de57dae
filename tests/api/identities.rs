//! Accounts for which another provider vouches.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tempfile::TempDir;
use waymark::accounts::Outside;

use crate::app::{App, Hand};
use crate::logs::audited;

/// A key that was made for tests (PKCS #8), and its public half.
const PRIVATE: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyseo6U/R0gZm3WoTdUjTy5rx3ADKls0GGEqWtBP5HFmhRANCAATmiRzZmcCZtj0DmTejrMPnee4r1Lt1qYt2PtwCtN4jq/R0JR8pjGHVCfhd0bKAT83YbpaNAwo6CQjNvtQYKEao";
const PUBLIC: &str = r#"{ "keys": [{ "kty": "EC", "crv": "P-256", "x": "5okc2ZnAmbY9A5k3o6zD53nuK9S7damLdj7cArTeI6s", "y": "9HQlHymMYdUJ-F3RsoBPzdhulo0DCjoJCM2-1BgoRqg" }] }"#;
const ISSUER: &str = "https://login.example.org";
const VIEWER: &str = "{ viewer { name skillCount } }";

fn provider() -> (Outside, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys.json");
    std::fs::write(&keys, PUBLIC).unwrap();
    (Outside::new(ISSUER.into(), "waymark", &["ES256".into()], keys).unwrap(), folder)
}

/// A token that is issued now and lasts for an hour, with other claims where some are given.
fn token(hand: &Hand, other: &Value) -> Value {
    let now = (hand.clock())().timestamp();
    let mut claims = json!({ "iss": ISSUER, "aud": "waymark", "sub": "u-1", "name": "Ada", "iat": now, "exp": now + 3_600 });
    for (name, value) in other.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let key = EncodingKey::from_ec_der(&STANDARD.decode(PRIVATE).unwrap());
    json!(jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, &key).unwrap())
}

/// Whether a token opens an account; an account has no skills when it is new.
fn opens(app: &App, token: &Value) -> Option<i64> {
    let answer = app.program(token).send(&json!({ "query": VIEWER }), &[]);
    if answer.status() == StatusCode::UNAUTHORIZED {
        return None;
    }
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    answer["data"]["viewer"]["skillCount"].as_i64()
}

#[test]
fn a_token_of_before_the_deletion_does_not_make_the_account_anew() {
    let (hand, (outside, _folder)) = (Hand::at("2026-01-05"), provider());
    let app = App::trusting_at(outside, hand.clock());
    let (old, older) = (
        token(&hand, &json!({})),
        token(&hand, &json!({ "iat": null, "exp": (hand.clock())().timestamp() + 90_000 })),
    );
    let ada = app.program(&old);
    assert_eq!(opens(&app, &old), Some(0));
    ada.does("recordSkills", &json!({ "skills": [{ "topic": "go", "level": "WORKING" }] }), "");
    assert_eq!(opens(&app, &older), Some(1), "a token that does not say since when opens what is there");
    hand.add(TimeDelta::minutes(10));
    let meanwhile = token(&hand, &json!({}));
    ada.does("deleteAccount", &json!({}), "");
    let (none, lines) = audited(|| [&old, &older, &meanwhile].map(|token| opens(&app, token)));
    assert_eq!(none, [None; 3]);
    let reasons: Vec<_> = lines
        .iter()
        .map(|line| (line["event"].as_str().unwrap(), line["reason"].as_str().unwrap()))
        .collect();
    let (deleted, lifetime) =
        (("identity_refused", "deleted account"), ("identity_refused", "lifetime of the token"));
    assert_eq!(reasons, [deleted, lifetime, deleted]);
    // Whoever signs in at the provider again has a new account.
    hand.add(TimeDelta::minutes(2));
    assert_eq!(opens(&app, &token(&hand, &json!({}))), Some(0));
    assert_eq!(app.wait(app.learners().store.learners()).unwrap().len(), 1);
}

#[test]
fn an_account_is_made_by_a_token_of_a_sensible_lifetime() {
    let (hand, (outside, _folder)) = (Hand::at("2026-01-05"), provider());
    let app = App::trusting_at(outside, hand.clock());
    let now = (hand.clock())().timestamp();
    for claims in [json!({ "iat": null }), json!({ "exp": now + 400 * 86_400 }), json!({ "iat": now + 120 })]
    {
        assert_eq!(opens(&app, &token(&hand, &claims)), None, "{claims}");
    }
    assert_eq!(opens(&app, &token(&hand, &json!({ "exp": now + 365 * 86_400 }))), Some(0));
}

#[test]
fn a_deletion_is_remembered_until_no_token_of_before_holds() {
    let (hand, (outside, _folder)) = (Hand::at("2026-01-05"), provider());
    let app = App::trusting_at(outside, hand.clock());
    let old = token(&hand, &json!({ "exp": (hand.clock())().timestamp() + 366 * 86_400 }));
    app.program(&old).does("deleteAccount", &json!({}), "");
    let prune = || app.wait(app.learners().store.prune_former((hand.clock())())).unwrap();
    hand.add(TimeDelta::days(366));
    prune();
    assert_eq!(opens(&app, &old), None, "it holds by the leeway of clocks");
    hand.add(TimeDelta::minutes(3));
    prune();
    assert!(!app.every_text().iter().any(|text| text.contains("u-1")));
    assert_eq!(opens(&app, &old), None, "it has expired");
    assert_eq!(opens(&app, &token(&hand, &json!({}))), Some(0));
}

#[test]
fn a_deletion_by_a_clock_that_was_ahead_keeps_nobody_out_for_as_long() {
    let (hand, (outside, _folder)) = (Hand::at("2026-01-05"), provider());
    let app = App::trusting_at(outside, hand.clock());
    hand.add(TimeDelta::days(400));
    app.program(&token(&hand, &json!({}))).does("deleteAccount", &json!({}), "");
    hand.add(TimeDelta::days(-400));
    let old = token(&hand, &json!({}));
    assert_eq!(opens(&app, &old), None, "it may be of before");
    hand.add(TimeDelta::minutes(2));
    assert_eq!(opens(&app, &token(&hand, &json!({}))), Some(0));
}
