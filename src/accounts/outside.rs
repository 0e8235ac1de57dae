//! Identities that an outside OpenID provider vouches for, by JSON Web Tokens (RFC 7519, RFC 8725).
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
        let candidates = set.keys.iter().filter(|key| is_for(key, header.kid.as_deref(), header.alg));
        let claims = candidates.filter_map(|key| self.claims(token, key, header.alg)).next()?;
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
                    tracing::error!(error, "the keys of the provider can't be read: the old ones are used")
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
