//! Documents that were read, by the hash of their text and of the operation's name: clients send the same few again and again.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::prepared::Document;
use crate::telemetry::figures::CacheFigures;

/// The memory for documents, in bytes; one takes about sixty times its text.
const BYTES: u64 = 32 << 20;
const TIMES_THE_TEXT: usize = 60;

/// What a document is known by.
pub(super) type Key = [u8; 32];

/// The key of a text and the name of the operation that is meant.
pub(super) fn key(text: &str, operation_name: Option<&str>) -> Key {
    let mut digest = Sha256::new();
    digest.update((text.len() as u64).to_be_bytes());
    digest.update(text);
    digest.update(operation_name.unwrap_or_default());
    digest.finalize().into()
}

/// Valid documents, those that are asked for least leaving first.
pub(super) struct Cache {
    documents: moka::sync::Cache<Key, (Arc<Document>, u32)>,
    figures: CacheFigures,
}

impl Cache {
    pub(super) fn new() -> Self {
        let weigher = |_: &Key, (_, bytes): &(Arc<Document>, u32)| *bytes;
        let documents = moka::sync::Cache::builder().max_capacity(BYTES).weigher(weigher).build();
        Self { documents, figures: CacheFigures::new("documents") }
    }

    pub(super) fn get(&self, key: &Key) -> Option<Arc<Document>> {
        let known = self.documents.get(key);
        self.figures.note(known.is_some());
        known.map(|(document, _)| document)
    }

    /// Keeps a document whose text has so many bytes.
    pub(super) fn keep(&self, key: Key, bytes: usize, document: Arc<Document>) {
        let bytes = u32::try_from(bytes.saturating_mul(TIMES_THE_TEXT)).unwrap_or(u32::MAX);
        self.documents.insert(key, (document, bytes));
    }
}
