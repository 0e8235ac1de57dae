//! What cannot be guessed: secrets, and the tokens that they are handed out as.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::TryRng as _;
use rand::rngs::SysRng;
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

/// What every token begins with, so that programs that look for leaked secrets know one.
const PREFIX: &str = "waymark_";

/// Fills a buffer with what nobody can foresee; tests give their own.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The system's: the one place where it is asked.
///
/// # Panics
/// The function that it gives does where the system has no randomness: there is no secret to be had then, and none may be made up.
#[allow(clippy::panic)]
pub fn system_entropy() -> Entropy {
    Arc::new(|buffer| {
        if let Err(error) = SysRng.try_fill_bytes(buffer) {
            panic!("the system has no randomness: {error}");
        }
    })
}

/// So many bytes.
pub fn random<const N: usize>(entropy: &Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy(&mut bytes);
    bytes
}

/// A new key for a row: in the order of time (UUID of version 7).
pub fn fresh_id(now: DateTime<Utc>, entropy: &Entropy) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random::<10>(entropy)).into_uuid()
}

/// 256 bits that open something.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A new one.
    pub fn new(entropy: &Entropy) -> Self {
        Self(random(entropy))
    }

    /// What it is kept as: SHA-256, in base64. It has too many bits to be guessed, so a slow hash would add nothing.
    pub fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0))
    }

    /// The secret of a text that [`Secret::text`] has made.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?))
    }

    /// What signs with it.
    pub(super) fn hmac(&self) -> Hmac<Sha256> {
        // The longest key that is taken as it is has 64 bytes.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        Hmac::new(&block.into())
    }

    /// What a text is known by to those who have the secret alone.
    pub fn name_of(&self, text: &str) -> String {
        let mut name = self.hmac();
        name.update(text.as_bytes());
        URL_SAFE_NO_PAD.encode(name.finalize().into_bytes())
    }

    /// As it stands in an address.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

/// What a text is summed up to: SHA-256, in base64 for addresses.
pub fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// Whether a text has the form of a secret in an address: what has not is not looked for.
pub fn is_secret(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// It stays out of logs.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// A secret with whose it is: what a learner is recognised by. Whose it is says where to look, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The learner.
    pub learner: Uuid,
    /// The secret.
    pub secret: Secret,
}

impl Token {
    /// As it is handed out.
    pub fn text(&self) -> String {
        let bytes = [&self.learner.as_bytes()[..], &self.secret.0].concat();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The token of a text; `None` where it is none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        let (learner, secret) = bytes.split_at_checked(16)?;
        Some(Self { learner: Uuid::from_slice(learner).ok()?, secret: Secret(secret.try_into().ok()?) })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn a_token_survives_being_written_down_and_nothing_else_is_one() {
        let entropy = system_entropy();
        let learner = fresh_id(Utc.timestamp_millis_opt(1_700_000_000_000).unwrap(), &entropy);
        let token = Token { learner, secret: Secret::new(&entropy) };
        assert_eq!(Token::parse(&token.text()), Some(token.clone()));
        assert_eq!(token.secret.hash().len(), 43);
        assert!(is_secret(&token.secret.text()) && !is_secret("") && !is_secret(&"\0".repeat(43)));
        assert!(!format!("{token:?}").contains(&token.secret.text()));
        for none in ["", "waymark_", "waymark_AAAA", &token.text()[1..], &format!("{}A", token.text())] {
            assert_eq!(Token::parse(none), None, "{none}");
        }
    }

    #[test]
    fn keys_are_in_the_order_of_time() {
        let entropy = system_entropy();
        let at = |millis| fresh_id(Utc.timestamp_millis_opt(millis).unwrap(), &entropy);
        let (early, late) = (at(1_700_000_000_000), at(1_700_000_000_001));
        assert!(early < late);
        assert_eq!(early.get_version_num(), 7);
    }
}
