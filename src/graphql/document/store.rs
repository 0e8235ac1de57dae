//! Documents that are known by an id: those of a manifest, which their owner trusts, and those that clients have sent before (automatic
//! persisted queries, in Apollo's protocol), by the SHA-256 of their text.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{Request, Value};
use moka::sync::Cache;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::catalog::hex;
use crate::config::TrustedMode;
use crate::graphql::error::{ApiError, Code};

/// The memory for the texts that clients have sent, in bytes.
const SEEN: u64 = 8 << 20;
/// The prefix of an id that is a hash.
const SHA256: &str = "sha256:";

/// Documents by their ids. The id of a document is its SHA-256 in hexadecimal, or what the manifest calls it.
#[derive(Clone)]
pub struct Store {
    trusted: Arc<HashMap<String, String>>,
    mode: TrustedMode,
    seen: Cache<String, Arc<str>>,
}

/// A manifest: as graphql-codegen writes it, and Relay, or as Apollo does.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo { format: ApolloFormat, operations: Vec<ApolloOperation> },
    Texts(HashMap<String, String>),
}

#[derive(Deserialize)]
enum ApolloFormat {
    #[serde(rename = "apollo-persisted-query-manifest")]
    Manifest,
}

#[derive(Deserialize)]
struct ApolloOperation {
    id: String,
    body: String,
}

impl Store {
    /// Knows no document yet, and trusts none.
    pub fn new() -> Self {
        let weigher =
            |hash: &String, text: &Arc<str>| u32::try_from(hash.len() + text.len()).unwrap_or(u32::MAX);
        let seen = Cache::builder().max_capacity(SEEN).weigher(weigher).build();
        Self { trusted: Arc::default(), mode: TrustedMode::Off, seen }
    }

    /// Trusts the documents of a manifest: a JSON object of texts by their ids, or Apollo's `{"format": …, "operations": [{"id", "body"}]}`.
    /// An id of `sha256:` or of 64 hexadecimal digits must be the SHA-256 of its text. Each is known by that, too.
    ///
    /// # Errors
    /// What is wrong with the manifest: it is none, or a hash is not that of its text.
    pub fn trusting(manifest: &str, mode: TrustedMode) -> Result<Self, String> {
        let read: Manifest = serde_json::from_str(manifest).map_err(|_| {
            "it must be a JSON object of documents by their ids, as graphql-codegen writes it, or a manifest of Apollo's"
        })?;
        let documents: Vec<(String, String)> = match read {
            Manifest::Texts(texts) => texts.into_iter().collect(),
            Manifest::Apollo { format: ApolloFormat::Manifest, operations } => {
                operations.into_iter().map(|operation| (operation.id, operation.body)).collect()
            }
        };
        let mut trusted = HashMap::new();
        for (id, text) in documents {
            let right = sha256(&text);
            let known = normal(&id);
            if (id.starts_with(SHA256) || is_hash(&known)) && known != right {
                return Err(format!("\"{id}\" is not the SHA-256 of its document, which is {right}"));
            }
            trusted.insert(right, text.clone());
            if trusted.insert(known, text.clone()).is_some_and(|other| other != text) {
                return Err(format!("\"{id}\" is the id of two documents"));
            }
        }
        Ok(Self { trusted: Arc::new(trusted), mode, ..Self::new() })
    }

    /// A digest of the documents that are trusted. It does not depend on their order.
    pub(in crate::graphql) fn trusted_digest(&self) -> [u8; 32] {
        let documents: BTreeSet<(&String, &String)> = self.trusted.iter().collect();
        let mut digest = Sha256::new();
        for (id, text) in documents {
            digest.update(format!("{}:{id}{}:{text}", id.len(), text.len()));
        }
        digest.finalize().into()
    }

    /// Puts the text in its place where a request names a document by its id, and remembers a text that comes with its hash.
    pub(in crate::graphql) fn resolve(&self, request: &mut Request) -> Result<(), ApiError> {
        let by_hash = match request.extensions.get("persistedQuery") {
            None | Some(Value::Null) => None,
            Some(value) => Some(hash_of(value)?),
        };
        let by_id = match request.extensions.get(DOCUMENT_ID) {
            Some(Value::String(id)) => Some(normal(id)),
            _ => None,
        };
        let is_trusted = |id: &str| self.mode != TrustedMode::Off && self.trusted.contains_key(id);
        if self.mode == TrustedMode::Only {
            let id = by_id.clone().or_else(|| by_hash.clone()).unwrap_or_else(|| sha256(&request.query));
            if !is_trusted(&id) {
                return Err(ApiError::new(
                    Code::Forbidden,
                    "Only documents that the server knows are answered, and this is none of them.",
                ));
            }
        }
        let known = |id: &str| {
            let known = self.trusted.get(id).filter(|_| is_trusted(id)).cloned();
            known.or_else(|| self.seen.get(id).map(|text| text.to_string()))
        };
        if let Some(id) = by_id {
            request.query = known(&id).ok_or_else(|| {
                ApiError::new(
                    Code::PersistedQueryNotFound,
                    "The server knows no document of this id: send its text in \"query\".",
                )
            })?;
            return Ok(());
        }
        let Some(hash) = by_hash else { return Ok(()) };
        if request.query.is_empty() {
            // The words are the protocol's: clients look for them, and send the document with its hash.
            request.query = known(&hash)
                .ok_or_else(|| ApiError::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound"))?;
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

/// The extension that holds the id of a request's document until it is resolved. The engine's requests have no field for it.
pub(crate) const DOCUMENT_ID: &str = "documentId";

/// An id as it is kept: hashes without what stands before them, and in small letters.
fn normal(id: &str) -> String {
    let bare = id.strip_prefix(SHA256).unwrap_or(id);
    if is_hash(bare) { bare.to_ascii_lowercase() } else { id.to_owned() }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
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
        (Some(version), Some(Value::String(hash))) if *version == Value::from(1) && is_hash(hash) => {
            Ok(hash.to_ascii_lowercase())
        }
        _ => Err(wrong()),
    }
}

/// In lower-case hexadecimal.
fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text))
}
