//! Identities that an outside provider (OpenID Connect) vouches for, by JSON Web Tokens (RFC 7519, RFC 8725).
//!
//! The provider's keys are a file, a JSON Web Key Set (RFC 7517), so the server itself asks nobody: whatever puts the file there rotates the keys.
//! It is read again when it has changed, looked at no more often than every few seconds.

mod claims;
mod keys;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

use self::claims::Claims;
use self::keys::KeyFile;
use super::name::cleaned_name;

/// The most bytes of a token: a longer one is not even read.
pub const LONGEST_TOKEN: usize = 16_384;

/// Who somebody is, by the word of the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// What they are known by there.
    pub subject: String,
    /// What they are called there, as far as it can be seen, and not longer than a name may be.
    pub name: Option<String>,
    /// Since when the word holds, if that is said.
    pub issued_at: Option<DateTime<Utc>>,
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
    validation: Validation,
    keys: KeyFile,
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
        let named = file.display().to_string();
        let keys = KeyFile::read(file).map_err(|reason| OutsideError::Unreadable { file: named, reason })?;
        Ok(Self { issuer, validation, keys })
    }

    /// Whether a text has the form of a token of the provider's.
    pub fn is_token(text: &str) -> bool {
        text.split('.').take(4).count() == 3
    }

    /// Who a token is about. `None` if it does not hold.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Option<Identity> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let header = decode_header(token).ok().filter(claims::is_access)?;
        let set = self.keys.current();
        let mut candidates = set.keys.iter().filter(|key| is_for(key, header.kid.as_deref(), header.alg));
        let claims = candidates.find_map(|key| self.claims(token, key, header.alg))?;
        claims.is_valid(now).then_some(())?;
        Some(Identity {
            issuer: self.issuer.clone(),
            issued_at: claims.issued_at(),
            expires_at: claims.expires_at()?,
            name: claims.name.as_deref().and_then(cleaned_name),
            subject: claims.sub,
        })
    }

    fn claims(&self, token: &str, key: &Jwk, algorithm: Algorithm) -> Option<Claims> {
        let mut validation = self.validation.clone();
        // One algorithm at a time, since a key is of one family: it must be among those that are allowed.
        validation.algorithms.retain(|allowed| *allowed == algorithm);
        let key = DecodingKey::from_jwk(key).ok()?;
        Some(decode::<Claims>(token, &key, &validation).ok()?.claims)
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
