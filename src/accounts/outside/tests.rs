//! Tests of tokens of another provider.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeZone as _;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::keys::LOOK_EVERY;
use super::*;

const ISSUER: &str = "https://login.example.org";
/// Two keys made for this test, which open nothing: the private one (PKCS #8), and the point of the public one.
const FIRST: [&str; 3] = [
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyseo6U/R0gZm3WoTdUjTy5rx3ADKls0GGEqWtBP5HFmhRANCAATmiRzZmcCZtj0DmTejrMPnee4r1Lt1qYt2PtwCtN4jq/R0JR8pjGHVCfhd0bKAT83YbpaNAwo6CQjNvtQYKEao",
    "5okc2ZnAmbY9A5k3o6zD53nuK9S7damLdj7cArTeI6s",
    "9HQlHymMYdUJ-F3RsoBPzdhulo0DCjoJCM2-1BgoRqg",
];
const SECOND: [&str; 3] = [
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgciVBase90uzLtIGu4Rehf0kYrrP/gZiWlGLh9B0ocFGhRANCAAS9/KoM2rHzhMK/UNmCbJBLMzR0QUYUvTAWwMpEgVYa1HM8ApDQqUVk1NxwMo1YEQpRTIMP00J6X6n++xSw/4EC",
    "vfyqDNqx84TCv1DZgmyQSzM0dEFGFL0wFsDKRIFWGtQ",
    "czwCkNCpRWTU3HAyjVgRClFMgw_TQnpfqf77FLD_gQI",
];

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 5, 12, 0, 0).unwrap()
}

/// Writes the provider's keys, each under its id.
fn publish(folder: &TempDir, keys: &[(&str, [&str; 3])]) -> PathBuf {
    let key = |(id, [_, x, y]): &(&str, [&str; 3])| json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": id, "x": x, "y": y });
    let file = folder.path().join("keys.json");
    let text = json!({ "keys": keys.iter().map(key).collect::<Vec<_>>() }).to_string();
    std::fs::write(&file, text).unwrap();
    file
}

fn provider(file: PathBuf) -> Outside {
    Outside::new(ISSUER.into(), "waymark", &["ES256".to_owned()], file).unwrap()
}

/// A token that holds for an hour, with other claims where some are given.
fn token(id: &str, [private, ..]: [&str; 3], other: &Value) -> String {
    let mut claims = json!({ "iss": ISSUER, "aud": "waymark", "sub": "u-1", "name": "Ada", "exp": now().timestamp() + 3_600 });
    for (name, value) in other.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let header = Header { kid: Some(id.to_owned()), ..Header::new(Algorithm::ES256) };
    let key = EncodingKey::from_ec_der(&STANDARD.decode(private).unwrap());
    encode(&header, &claims, &key).unwrap()
}

/// A token with another header, and with other claims where some are given.
fn token_with(header: &Header, other: &Value) -> String {
    let mut claims =
        json!({ "iss": ISSUER, "aud": "waymark", "sub": "u-1", "exp": now().timestamp() + 3_600 });
    for (name, value) in other.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let key = EncodingKey::from_ec_der(&STANDARD.decode(FIRST[0]).unwrap());
    encode(header, &claims, &key).unwrap()
}

#[tokio::test]
async fn a_token_of_another_type_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let provider = provider(publish(&folder, &[("1", FIRST)]));
    let of_type = |typ: Option<&str>| Header { typ: typ.map(str::to_owned), ..Header::new(Algorithm::ES256) };
    for typ in [None, Some("JWT"), Some("jwt"), Some("at+jwt"), Some("application/at+jwt")] {
        assert!(provider.verify(&token_with(&of_type(typ), &json!({})), now()).is_some(), "{typ:?}");
    }
    for typ in ["logout+jwt", "secevent+jwt", "dpop+jwt", "JOSE", ""] {
        assert_eq!(provider.verify(&token_with(&of_type(Some(typ)), &json!({})), now()), None, "{typ}");
    }
    // Providers of before RFC 8417 give logout tokens no type.
    let events = json!({ "events": { "http://schemas.openid.net/event/backchannel-logout": {} } });
    assert_eq!(provider.verify(&token_with(&of_type(None), &events), now()), None);
    let critical = Header { crit: Some(vec!["exp".into()]), ..of_type(None) };
    assert_eq!(provider.verify(&token_with(&critical, &json!({})), now()), None);
}

#[tokio::test]
async fn dates_may_have_parts_of_a_second_and_there_may_be_several_audiences() {
    let folder = tempfile::tempdir().unwrap();
    let provider = provider(publish(&folder, &[("1", FIRST)]));
    #[allow(clippy::cast_precision_loss)]
    let seconds = now().timestamp() as f64;
    let verify = |other: &Value| provider.verify(&token("1", FIRST, other), now());
    let dates = json!({ "exp": seconds + 0.5, "nbf": seconds - 0.25, "iat": seconds - 0.25 });
    let identity = verify(&dates).unwrap();
    assert_eq!(identity.issued_at, Some(now() - chrono::TimeDelta::milliseconds(250)));
    assert_eq!(identity.expires_at, now() + chrono::TimeDelta::milliseconds(500));
    assert_eq!(verify(&json!({ "exp": seconds - 60.5 })), None);
    assert_eq!(verify(&json!({ "exp": 1e300 })), None);
    assert!(verify(&json!({ "aud": ["another", "waymark"] })).is_some());
    assert_eq!(verify(&json!({ "aud": ["another"] })), None);
}

#[tokio::test]
async fn what_is_said_of_a_person_is_bounded_and_cleaned() {
    let folder = tempfile::tempdir().unwrap();
    let provider = provider(publish(&folder, &[("1", FIRST)]));
    let verify = |other: &Value| provider.verify(&token("1", FIRST, other), now());
    let name = verify(&json!({ "name": "Ada\u{202e}\u{0} Lovelace" })).unwrap().name;
    assert_eq!(name.as_deref(), Some("Ada Lovelace"));
    assert!(verify(&json!({ "name": "A".repeat(5_000) })).unwrap().name.unwrap().len() <= 100);
    assert!(verify(&json!({ "sub": "u".repeat(255) })).is_some());
    assert_eq!(verify(&json!({ "sub": "u".repeat(256) })), None);
    assert_eq!(verify(&json!({ "sub": "u\u{0}" })), None);
    assert_eq!(verify(&json!({ "other": "x".repeat(LONGEST_TOKEN) })), None, "a token that is too long");
}

/// Moduli of so many bits, which are of no key: it is their length that is looked at.
#[tokio::test]
async fn a_short_rsa_key_is_not_believed() {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.json");
    let key = |bytes: usize| json!({ "kty": "RSA", "kid": bytes.to_string(), "e": "AQAB", "n": URL_SAFE_NO_PAD.encode([&[0][..], &vec![0xff; bytes]].concat()) });
    std::fs::write(&file, json!({ "keys": [key(128), key(255), key(256), key(512)] }).to_string()).unwrap();
    let ids: Vec<_> = KeyFile::read(file)
        .unwrap()
        .current()
        .keys
        .iter()
        .filter_map(|key| key.common.key_id.clone())
        .collect();
    assert_eq!(ids, ["256", "512"]);
}

#[tokio::test]
async fn a_token_of_the_provider_says_who_somebody_is() {
    let folder = tempfile::tempdir().unwrap();
    let provider = provider(publish(&folder, &[("1", FIRST)]));
    let identity = provider.verify(&token("1", FIRST, &json!({})), now()).unwrap();
    assert_eq!((identity.issuer.as_str(), identity.subject.as_str()), (ISSUER, "u-1"));
    assert_eq!(identity.name.as_deref(), Some("Ada"));
    assert_eq!(identity.expires_at, now() + chrono::TimeDelta::hours(1));
}

#[tokio::test]
async fn a_token_that_is_anybody_elses_or_for_anybody_else_or_of_another_time_does_not_hold() {
    let folder = tempfile::tempdir().unwrap();
    let provider = provider(publish(&folder, &[("1", FIRST)]));
    let seconds = now().timestamp();
    for other in [
        json!({ "iss": "https://elsewhere.example.org" }),
        json!({ "aud": "another" }),
        json!({ "aud": null }),
        json!({ "sub": "" }),
        json!({ "exp": seconds - 120 }),
        json!({ "nbf": seconds + 120 }),
    ] {
        assert_eq!(provider.verify(&token("1", FIRST, &other), now()), None, "{other}");
    }
    // Clocks may be a minute apart.
    assert!(
        provider
            .verify(&token("1", FIRST, &json!({ "exp": seconds - 30, "nbf": seconds + 30 })), now())
            .is_some()
    );
    assert_eq!(provider.verify(&token("1", SECOND, &json!({})), now()), None, "signed by another key");
    assert_eq!(provider.verify("a.b.c", now()), None);
}

#[tokio::test]
async fn only_the_algorithms_of_the_settings_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let file = publish(&folder, &[("1", FIRST)]);
    let claims = json!({ "iss": ISSUER, "aud": "waymark", "sub": "u-1", "exp": now().timestamp() + 3_600 });
    // What anybody can read is no secret, so nobody may sign by it.
    let header = Header { kid: Some("1".into()), ..Header::new(Algorithm::HS256) };
    let forged = encode(&header, &claims, &EncodingKey::from_secret(FIRST[1].as_bytes())).unwrap();
    assert_eq!(provider(file.clone()).verify(&forged, now()), None);
    let none = format!("{}.{}.", "eyJhbGciOiJub25lIn0", forged.split('.').nth(1).unwrap());
    assert_eq!(provider(file.clone()).verify(&none, now()), None);
    let other = Outside::new(ISSUER.into(), "waymark", &["ES384".to_owned()], file.clone()).unwrap();
    assert_eq!(other.verify(&token("1", FIRST, &json!({})), now()), None);
    for name in ["HS256", "none", ""] {
        assert!(Outside::new(ISSUER.into(), "waymark", &[name.to_owned()], file.clone()).is_err(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn keys_are_rotated_by_the_file_that_they_are_in() {
    let folder = tempfile::tempdir().unwrap();
    let provider = provider(publish(&folder, &[("1", FIRST)]));
    let (old, new) = (token("1", FIRST, &json!({})), token("2", SECOND, &json!({})));
    assert_eq!(provider.verify(&new, now()), None);
    let touched = |file: &PathBuf, seconds| {
        let when = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        std::fs::File::options().append(true).open(file).unwrap().set_modified(when).unwrap();
    };
    touched(&publish(&folder, &[("1", FIRST), ("2", SECOND)]), 1);
    tokio::time::advance(LOOK_EVERY).await;
    assert!(provider.verify(&new, now()).is_some() && provider.verify(&old, now()).is_some());
    touched(&publish(&folder, &[("2", SECOND)]), 2);
    tokio::time::advance(LOOK_EVERY).await;
    assert!(provider.verify(&new, now()).is_some() && provider.verify(&old, now()).is_none());
    // What can't be read leaves the keys what they are.
    std::fs::write(folder.path().join("keys.json"), "not yet").unwrap();
    touched(&folder.path().join("keys.json"), 3);
    tokio::time::advance(LOOK_EVERY).await;
    assert!(provider.verify(&new, now()).is_some());
}
