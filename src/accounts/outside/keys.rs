//! The keys of the provider: a file, which is read again when it has changed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet};
use tokio::time::Instant;

/// Between two looks at the file.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The fewest bits of the modulus of an RSA key (RFC 7518, 3.3 and 3.5).
const FEWEST_BITS: usize = 2_048;

/// The file, and what it had when it could last be read.
pub(super) struct KeyFile {
    file: PathBuf,
    keys: RwLock<Keys>,
}

struct Keys {
    set: Arc<JwkSet>,
    changed: Option<SystemTime>,
    looked_at: Instant,
}

impl KeyFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Why it can't be read.
    pub(super) fn read(file: PathBuf) -> Result<Self, String> {
        let keys = read(&file)?;
        Ok(Self { file, keys: RwLock::new(keys) })
    }

    /// The keys as the file has them, or had them when it could last be read.
    pub(super) fn current(&self) -> Arc<JwkSet> {
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

fn changed(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|file| file.modified()).ok()
}

fn read(file: &Path) -> Result<Keys, String> {
    let changed = changed(file);
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let mut set: JwkSet = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    set.keys.retain(is_strong);
    Ok(Keys { set: Arc::new(set), changed, looked_at: Instant::now() })
}

/// Whether a key is long enough to be believed. What signs by a shorter one anybody may have made.
fn is_strong(key: &Jwk) -> bool {
    let AlgorithmParameters::RSA(rsa) = &key.algorithm else { return true };
    let modulus = URL_SAFE_NO_PAD.decode(rsa.n.trim_end_matches('=')).unwrap_or_default();
    let leading = modulus.iter().take_while(|byte| **byte == 0).count();
    let bits = modulus.get(leading).map_or(0, |first| {
        8 * (modulus.len() - leading) - usize::try_from(first.leading_zeros()).unwrap_or_default()
    });
    if bits < FEWEST_BITS {
        let id = key.common.key_id.as_deref().map(super::super::name::printable);
        tracing::warn!(
            id,
            bits,
            "a key of the provider is too short, and not used: RSA takes {FEWEST_BITS} bits"
        );
    }
    bits >= FEWEST_BITS
}
