//! Identities that an outside provider (OpenID Connect) vouches for, by JSON Web Tokens (RFC 7519, RFC 8725).
//!
//! The provider's keys are a file, a JSON Web Key Set (RFC 7517), so the server itself asks nobody: whatever puts the file there rotates the keys.
//! It is read again when it has changed, looked at no more often than every few seconds.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use tokio::time::Instant;

/// How far clocks may be apart, in seconds.
const LEEWAY: i64 = 60;
/// Between two looks at the file.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Who somebody is, by the word of the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// What they are known by there.
    pub subject: String,
    /// What they are called there.
    pub name: Option<String>,
    /// Until when the word holds.
    pub expires_at: DateTime<Utc>,
}

/// Why there are no keys to begin with.
#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// The file can't be read.
    #[error("the keys of the provider can't be read from {file}: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// An algorithm that is no signature by a private key.
    #[error(
        "\"{0}\" is no algorithm for the provider's tokens: name one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA"
    )]
    Algorithm(String),
}

/// The provider, and its keys.
pub struct Outside {
    issuer: String,
    file: PathBuf,
    validation: Validation,
    keys: RwLock<Keys>,
}

struct Keys {
    set: Arc<JwkSet>,
    changed: Option<SystemTime>,
    looked_at: Instant,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    name: Option<String>,
}

impl Outside {
    /// The provider of a name, whose tokens are meant for an audience and signed by one of some algorithms.
    ///
    /// # Errors
    /// Where the keys can't be read, or an algorithm is none.
    pub fn new(
        issuer: String,
        audience: &str,
        algorithms: &[String],
        file: PathBuf,
    ) -> Result<Self, OutsideError> {
        let algorithms: Vec<_> = algorithms.iter().map(|name| algorithm(name)).collect::<Result<_, _>>()?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.algorithms = algorithms;
        validation.set_audience(&[audience]);
        validation.set_issuer(&[&issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // By the clock that the server is given.
        validation.validate_exp = false;
        let unreadable = |reason| OutsideError::Unreadable { file: file.display().to_string(), reason };
        let keys = read(&file).map_err(unreadable)?;
        Ok(Self { issuer, validation, keys: RwLock::new(keys), file })
    }

    /// Whether a text has the form of a token of the provider's.
    pub fn is_token(text: &str) -> bool {
        text.split('.').count() == 3
    }

    /// Who a token is about; `None` where it does not hold.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Identity> {
        let header = decode_header(token).ok()?;
        let set = self.keys();
        let mut candidates = set.keys.iter().filter(|key| is_for(key, header.kid.as_deref(), header.alg));
        let claims = candidates.find_map(|key| self.claims(token, key, header.alg))?;
        let now = now.timestamp();
        let is_valid = claims.exp.saturating_add(LEEWAY) > now
            && claims.nbf.is_none_or(|from| from.saturating_sub(LEEWAY) <= now);
        is_valid.then_some(Identity {
            issuer: self.issuer.clone(),
            subject: claims.sub,
            name: claims.name,
            expires_at: DateTime::from_timestamp(claims.exp, 0)?,
        })
    }

    fn claims(&self, token: &str, key: &Jwk, algorithm: Algorithm) -> Option<Claims> {
        let mut validation = self.validation.clone();
        // One algorithm at a time, since a key is of one family: it must be among those that are allowed.
        validation.algorithms.retain(|allowed| *allowed == algorithm);
        let key = DecodingKey::from_jwk(key).ok()?;
        let decoded = decode::<Claims>(token, &key, &validation).ok()?;
        (!decoded.claims.sub.is_empty()).then_some(decoded.claims)
    }

    /// The keys as the file has them, or had them when it could last be read.
    fn keys(&self) -> Arc<JwkSet> {
        {
            let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
            if keys.looked_at.elapsed() < LOOK_EVERY {
                return keys.set.clone();
            }
        }
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        keys.looked_at = Instant::now();
        if changed(&self.file) != keys.changed {
            match read(&self.file) {
                Ok(read) => *keys = read,
                Err(error) => {
                    tracing::error!(error, "the keys of the provider can't be read: the old ones are used");
                }
            }
        }
        keys.set.clone()
    }
}

/// Whether a key is one that a token can have been signed with.
fn is_for(key: &Jwk, id: Option<&str>, algorithm: Algorithm) -> bool {
    let is_named = id.is_none() || key.common.key_id.as_deref() == id;
    let signs = key.common.public_key_use.as_ref().is_none_or(|r#use| *r#use == PublicKeyUse::Signature);
    is_named && signs && key.common.key_algorithm.is_none_or(|own| own == algorithm.into())
}

fn algorithm(name: &str) -> Result<Algorithm, OutsideError> {
    let parsed = name.parse().ok().filter(|algorithm| {
        // A shared secret would let whoever checks tokens make them.
        !matches!(algorithm, Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512)
    });
    parsed.ok_or_else(|| OutsideError::Algorithm(name.to_owned()))
}

fn changed(file: &PathBuf) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|file| file.modified()).ok()
}

fn read(file: &PathBuf) -> Result<Keys, String> {
    let changed = changed(file);
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let set: JwkSet = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    Ok(Keys { set: Arc::new(set), changed, looked_at: Instant::now() })
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use chrono::TimeZone as _;
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};
    use tempfile::TempDir;

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
        let claims =
            json!({ "iss": ISSUER, "aud": "waymark", "sub": "u-1", "exp": now().timestamp() + 3_600 });
        // What anybody can read is no secret, so nobody may sign by it.
        let header = Header { kid: Some("1".into()), ..Header::new(Algorithm::HS256) };
        let forged = encode(&header, &claims, &EncodingKey::from_secret(FIRST[1].as_bytes())).unwrap();
        assert_eq!(provider(file.clone()).verify(&forged, now()), None);
        let none = format!("{}.{}.", "eyJhbGciOiJub25lIn0", forged.split('.').nth(1).unwrap());
        assert_eq!(provider(file.clone()).verify(&none, now()), None);
        let other = Outside::new(ISSUER.into(), "waymark", &["ES384".to_owned()], file.clone()).unwrap();
        assert_eq!(other.verify(&token("1", FIRST, &json!({})), now()), None);
        for name in ["HS256", "none", ""] {
            assert!(
                Outside::new(ISSUER.into(), "waymark", &[name.to_owned()], file.clone()).is_err(),
                "{name}"
            );
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
}
