//! Documents that are known by the SHA-256 of their text: those of a manifest, which their owner trusts, and those that clients have sent
//! before (automatic persisted queries, in Apollo's protocol).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{Request, Value};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::catalog::hex;
use crate::config::TrustedMode;
use crate::graphql::error::{ApiError, Code};

/// The memory for the texts that clients have sent, in bytes.
const SEEN: u64 = 8 << 20;

/// Documents by their hash in hexadecimal.
#[derive(Clone)]
pub struct Store {
    trusted: Arc<HashMap<String, String>>,
    mode: TrustedMode,
    seen: Cache<String, Arc<str>>,
}

impl Store {
    /// Knows no document yet, and trusts none.
    pub fn new() -> Self {
        let weigher =
            |hash: &String, text: &Arc<str>| u32::try_from(hash.len() + text.len()).unwrap_or(u32::MAX);
        let seen = Cache::builder().max_capacity(SEEN).weigher(weigher).build();
        Self { trusted: Arc::default(), mode: TrustedMode::Off, seen }
    }

    /// Trusts the documents of a manifest: a JSON object of texts by their hashes.
    ///
    /// # Errors
    /// What is wrong with the manifest: it is none, or a hash is not that of its text.
    pub fn trusting(manifest: &str, mode: TrustedMode) -> Result<Self, String> {
        let trusted: HashMap<String, String> = serde_json::from_str(manifest)
            .map_err(|error| format!("it must be a JSON object of documents by their SHA-256 ({error})"))?;
        for (hash, text) in &trusted {
            let right = sha256(text);
            if *hash != right {
                return Err(format!("\"{hash}\" is not the SHA-256 of its document, which is {right}"));
            }
        }
        Ok(Self { trusted: Arc::new(trusted), mode, ..Self::new() })
    }

    /// A digest of the documents that are trusted. It does not depend on their order.
    pub(in crate::graphql) fn trusted_digest(&self) -> [u8; 32] {
        let hashes: BTreeSet<&String> = self.trusted.keys().collect();
        let mut digest = Sha256::new();
        for hash in hashes {
            digest.update(hash);
        }
        digest.finalize().into()
    }

    /// Puts the text in its place where a request names a document by its hash, and remembers a text that comes with one.
    pub(in crate::graphql) fn resolve(&self, request: &mut Request) -> Result<(), ApiError> {
        let named = match request.extensions.get("persistedQuery") {
            None | Some(Value::Null) => None,
            Some(value) => Some(hash_of(value)?),
        };
        let is_trusted = |hash: &str| self.mode != TrustedMode::Off && self.trusted.contains_key(hash);
        if self.mode == TrustedMode::Only {
            let hash = named.clone().unwrap_or_else(|| sha256(&request.query));
            if !is_trusted(&hash) {
                return Err(ApiError::new(
                    Code::Forbidden,
                    "Only documents that the server knows are answered, and this is none of them.",
                ));
            }
        }
        let Some(hash) = named else { return Ok(()) };
        if request.query.is_empty() {
            let known = self.trusted.get(&hash).filter(|_| is_trusted(&hash)).cloned();
            let known = known.or_else(|| self.seen.get(&hash).map(|text| text.to_string()));
            // The words are the protocol's: clients look for them, and send the document with its hash.
            request.query =
                known.ok_or_else(|| ApiError::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound"))?;
        } else if sha256(&request.query) == hash {
            self.seen.insert(hash, request.query.as_str().into());
        } else {
            return Err(ApiError::new(
                Code::BadUserInput,
                "The hash is not the SHA-256 of the document that came with it.",
            ));
        }
        Ok(())
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

/// The hash that a client names a document by.
fn hash_of(value: &Value) -> Result<String, ApiError> {
    let wrong = || {
        ApiError::new(
            Code::BadUserInput,
            "\"persistedQuery\" must be {\"version\": 1, \"sha256Hash\": …}, with 64 digits.",
        )
    };
    let Value::Object(fields) = value else { return Err(wrong()) };
    let (version, hash) = (fields.get("version"), fields.get("sha256Hash"));
    match (version, hash) {
        (Some(version), Some(Value::String(hash)))
            if *version == Value::from(1)
                && hash.len() == 64
                && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
        {
            Ok(hash.to_ascii_lowercase())
        }
        _ => Err(wrong()),
    }
}

/// In lower-case hexadecimal.
fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}
